import type { Story } from '../organization.ts';
import type { Random } from '../random.ts';

type Tool = (random: Random) => string;

const version = (random: Random, major: string, minor: readonly [number, number], patch: readonly [number, number]) =>
  `${major}.${random.int(...minor)}.${random.int(...patch)}`;

const commandLine =
  (system: string, python: string): Tool =>
  (random) =>
    `aws-cli/${version(random, '2', [15, 31], [0, 30])} md/awscrt#0.2${random.int(0, 7)}.${random.int(0, 9)} ua/2.1 os/${system} md/arch#x86_64 lang/python#${python} md/prompt#off`;

const boto =
  (system: string, python: string): Tool =>
  (random) => {
    const release = version(random, '1', [34, 40], [0, 99]);
    return `Boto3/${release} md/Botocore#${release} ua/2.0 os/${system} md/arch#x86_64 lang/python#${python} md/pyimpl#CPython cfg/retry-mode#legacy`;
  };

/** What intruders call with, another set for each half; versions differ from telling to telling. */
const TOOLS: Readonly<Record<Story['half'], readonly Tool[]>> = {
  tuning: [
    commandLine('linux#6.12.38+kali-amd64', '3.13.5'),
    commandLine('windows#10', '3.11.9'),
    boto('linux#6.1.0-38-amd64', '3.11.2'),
    boto('macos#23.6.0', '3.9.6'),
    (random) => `S3 Browser/${version(random, '11', [2, 9], [1, 9])} (https://s3browser.com)`,
    () => 'TruffleHog',
    (random) =>
      `aws-sdk-go-v2/${version(random, '1', [30, 39], [0, 5])} ua/2.1 os/linux lang/go#1.24.1 md/GOOS#linux md/GOARCH#amd64`,
    (random) => `aws-sdk-php/${version(random, '3', [280, 350], [0, 9])} OS/Linux/5.15.0 lang/php/8.1.2`,
  ],
  test: [
    commandLine('linux#5.15.0-1061-generic', '3.12.6'),
    commandLine('linux#6.8.11-parrot', '3.11.8'),
    boto('windows#11', '3.12.4'),
    boto('linux#5.4.0-216-generic', '3.8.10'),
    (random) => `rclone/v1.${random.int(62, 71)}.${random.int(0, 3)}`,
    (random) =>
      `AWSPowerShell.Common/${version(random, '4', [1, 1], [500, 800])} .NET_Core/8.0.1 OS/Microsoft_Windows_10.0.22631 PowerShellCore/7.4`,
    (random) =>
      `aws-sdk-js/${version(random, '3', [500, 900], [0, 1])} ua/2.1 os/win32#10.0.22631 lang/js md/nodejs#20.11.1`,
    (random) => `APN/1.0 HashiCorp/1.0 Terraform/${version(random, '1', [5, 13], [0, 7])} aws-sdk-go-v2/1.36.3`,
  ],
};

export function intruderTool(half: Story['half'], random: Random): string {
  return random.pick(TOOLS[half])(random);
}

/** A browser, for stories that go on in the console. */
export function intruderBrowser(random: Random): string {
  const system = random.pick(['Windows NT 10.0; Win64; x64', 'X11; Linux x86_64', 'Macintosh; Intel Mac OS X 10_15_7']);
  return random.chance(0.7)
    ? `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${random.int(124, 142)}.0.0.0 Safari/537.36`
    : `Mozilla/5.0 (${system}; rv:${random.int(115, 144)}.0) Gecko/20100101 Firefox/${random.int(115, 144)}.0`;
}
