export { configVersion } from './config-version.ts';
export { defaultSettings } from './defaults.ts';
export { ConfigurationError, type ConfigurationProblem } from './errors.ts';
export { parseSettings } from './parse-settings.ts';
export {
  type Breadth,
  defineResponsePolicy,
  parseResponsePolicy,
  type ResponseMode,
  type ResponsePolicy,
  type ResponsePolicyInput,
  type ResponseRule,
} from './response-policy.ts';
export {
  type DetectorId,
  type DetectorMode,
  defineConfig,
  type Settings,
  type SettingsInput,
} from './settings.ts';
export { settingsSchema } from './settings-schema.ts';
