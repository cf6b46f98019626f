import { defineResponsePolicy } from '@portcullis/config';

/** What may be done about alerts; docs/response.md tells how to write it. Without rules nothing is done. */
export default defineResponsePolicy({});
