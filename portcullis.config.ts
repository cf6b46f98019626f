import { defineConfig } from '@portcullis/config';

/** What differs from the defaults of docs/configuration.md. `sst deploy` reads it; `portcullis replay` takes it by name. */
export default defineConfig({});
