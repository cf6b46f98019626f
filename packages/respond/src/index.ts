export { planResponse } from './plan-response.ts';
