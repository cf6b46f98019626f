// Writes stacks/members/member.template.json, for those who roll it out themselves. Run after every change of the template.
import { writeFileSync } from 'node:fs';
import { memberTemplate } from './member-template.ts';

writeFileSync(new URL('member.template.json', import.meta.url), `${JSON.stringify(memberTemplate(), null, 2)}\n`);
