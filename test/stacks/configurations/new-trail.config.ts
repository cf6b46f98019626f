import { defineConfig } from '@portcullis/config';

/** One account, with a trail of its own whose objects are read: the default. */
export default defineConfig({});
