import type { Random } from '../../random.ts';

/** Something that calls are made with; its agent changes with each release. */
export interface Tool {
  readonly id: string;
  agent(release: number): string;
}

/** A way to draw a tool: the same tool differs from machine to machine. */
export type ToolKind = (random: Random) => Tool;

const MAC = ['os/macos#24.6.0 md/arch#arm64', 'os/macos#25.0.0 md/arch#arm64', 'os/macos#25.1.0 md/arch#arm64'];
const LINUX = [
  'os/linux#6.14.0-33-generic md/arch#x86_64',
  'os/linux#6.8.0-85-generic md/arch#x86_64',
  'os/linux#6.16.8-arch3-1 md/arch#x86_64',
];
const WINDOWS = ['os/windows#11 md/arch#amd64', 'os/linux#6.6.87.2-microsoft-standard-WSL2 md/arch#x86_64'];

const commandLine =
  (systems: readonly string[]): ToolKind =>
  (random) => {
    const [system, minor] = [random.pick(systems), random.int(20, 30)];
    const python = `3.13.${random.int(3, 8)}`;
    return {
      id: 'aws-cli',
      agent: (release) =>
        `aws-cli/2.${minor + release}.${(minor * 7 + release * 5) % 24} md/awscrt#0.27.6 ua/2.1 ${system} lang/python#${python} cfg/retry-mode#standard`,
    };
  };

export const commandLineOnMac = commandLine(MAC);
export const commandLineOnLinux = commandLine(LINUX);
export const commandLineOnWindows = commandLine(WINDOWS);

export const boto: ToolKind = (random) => {
  const [minor, python] = [random.int(34, 41), `3.${random.int(10, 13)}.${random.int(1, 12)}`];
  const system = random.pick(LINUX);
  return {
    id: 'boto3',
    agent: (release) => {
      const version = `1.${minor + release}.${(minor * 11 + release * 7) % 80}`;
      return `Boto3/${version} md/Botocore#${version} ua/2.1 ${system} lang/python#${python} cfg/retry-mode#legacy Botocore/${version}`;
    },
  };
};

export const nodeScript: ToolKind = (random) => {
  const [minor, node] = [random.int(600, 920), `${random.pick([20, 22, 24])}.${random.int(0, 18)}.0`];
  return {
    id: 'aws-sdk-js',
    agent: (release) =>
      `aws-sdk-js/3.${minor + release * 9}.0 ua/2.1 os/linux#6.1.155 lang/js md/nodejs#${node} api/client#3.${minor + release * 9}.0 m/E`,
  };
};

export const goProgram: ToolKind = (random) => {
  const [minor, go] = [random.int(30, 39), `1.${random.int(23, 25)}.${random.int(0, 8)}`];
  return {
    id: 'aws-sdk-go-v2',
    agent: (release) =>
      `aws-sdk-go-v2/1.${minor + release}.${release % 4} ua/2.1 os/linux lang/go#${go} md/GOOS#linux md/GOARCH#amd64 api/client#1.${50 + release}.0`,
  };
};

export const javaProgram: ToolKind = (random) => {
  const [minor, jvm] = [random.int(25, 36), random.pick(['17.0.16', '21.0.8', '11.0.28'])];
  return {
    id: 'aws-sdk-java',
    agent: (release) =>
      `aws-sdk-java/2.${minor + release}.${(release * 13) % 60} md/io#sync md/http#Apache ua/2.1 os/Linux#5.10.245 lang/java#${jvm} md/OpenJDK_64-Bit_Server_VM md/vendor#Amazon.com_Inc.`,
  };
};

export const dotnetProgram: ToolKind = (random) => {
  const minor = random.int(1, 60);
  return {
    id: 'aws-sdk-dotnet',
    agent: (release) =>
      `aws-sdk-dotnet-coreclr/4.0.${minor + release * 4} ua/2.1 os/linux md/ARCH#X64 lang/.NET_Core#8.0.20 md/aws-sdk-dotnet-core#4.0.${minor + release * 4}`,
  };
};

export const rustProgram: ToolKind = (random) => {
  const minor = random.int(3, 9);
  return {
    id: 'aws-sdk-rust',
    agent: (release) =>
      `aws-sdk-rust/1.${minor + release}.8 ua/2.1 api/client/1.${90 + release}.0 os/linux lang/rust/1.${86 + (release % 5)}.0`,
  };
};

export const terraform: ToolKind = (random) => {
  const [core, provider] = [random.int(9, 13), random.int(8, 18)];
  return {
    id: 'terraform',
    agent: (release) =>
      `APN/1.0 HashiCorp/1.0 Terraform/1.${core}.${release % 6} (+https://www.terraform.io) terraform-provider-aws/6.${provider + release}.0 (+https://www.terraform.io/docs/providers/hashicorp/aws) aws-sdk-go-v2/1.${36 + release}.0 ua/2.1 os/linux lang/go#1.24.8 md/GOOS#linux md/GOARCH#amd64`,
  };
};

export const openTofu: ToolKind = (random) => {
  const provider = random.int(2, 14);
  return {
    id: 'opentofu',
    agent: (release) =>
      `APN/1.0 HashiCorp/1.0 Terraform/1.${10 + (release % 3)}.6 (+https://www.terraform.io) terraform-provider-aws/6.${provider + release}.0 (+https://www.terraform.io/docs/providers/hashicorp/aws) aws-sdk-go-v2/1.38.3 ua/2.1 os/linux lang/go#1.25.1 md/GOOS#linux md/GOARCH#arm64`,
  };
};

export const pulumi: ToolKind = (random) => {
  const minor = random.int(1, 9);
  return {
    id: 'pulumi',
    agent: (release) =>
      `APN/1.0 Pulumi/1.0 PulumiAWS/7.${minor + release}.0 aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.24.7 md/GOOS#linux md/GOARCH#amd64`,
  };
};

export const cloudKit: ToolKind = (random) => {
  const minor = random.int(1010, 1030);
  return {
    id: 'aws-cdk',
    agent: (release) =>
      `aws-cdk/2.${minor + release * 2}.0 aws-sdk-js/3.${880 + release * 6}.0 ua/2.1 os/linux#6.11.0-1018-azure lang/js md/nodejs#22.${10 + (release % 9)}.0`,
  };
};

export const steampipe: ToolKind = (random) => {
  const minor = random.int(10, 22);
  return {
    id: 'steampipe',
    agent: (release) =>
      `aws-sdk-go-v2/1.${30 + release}.3 ua/2.1 os/linux lang/go#1.23.${minor % 10} md/GOOS#linux md/GOARCH#amd64 app/steampipe-plugin-aws-1.${minor + release}.0`,
  };
};

export const chrome: ToolKind = (random) => {
  const system = random.pick(['Macintosh; Intel Mac OS X 10_15_7', 'Windows NT 10.0; Win64; x64', 'X11; Linux x86_64']);
  const version = random.int(138, 141);
  return {
    id: 'browser',
    agent: (release) =>
      `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version + release}.0.0.0 Safari/537.36`,
  };
};

export const firefox: ToolKind = (random) => {
  const system = random.pick([
    'Macintosh; Intel Mac OS X 10.15',
    'Windows NT 10.0; Win64; x64',
    'X11; Ubuntu; Linux x86_64',
  ]);
  const version = random.int(139, 143);
  return {
    id: 'firefox',
    agent: (release) =>
      `Mozilla/5.0 (${system}; rv:${version + release}.0) Gecko/20100101 Firefox/${version + release}.0`,
  };
};

/** A runtime of Lambda; `runtime` as Lambda names it. */
export const lambdaRuntime =
  (
    runtime: 'nodejs22.x' | 'nodejs20.x' | 'python3.13' | 'python3.12' | 'java21' | 'dotnet8' | 'provided.al2023',
  ): ToolKind =>
  (random) => {
    const script = runtime.startsWith('nodejs')
      ? nodeScript(random)
      : runtime.startsWith('python')
        ? boto(random)
        : runtime === 'java21'
          ? javaProgram(random)
          : runtime === 'dotnet8'
            ? dotnetProgram(random)
            : random.chance(0.6)
              ? goProgram(random)
              : rustProgram(random);
    return { id: script.id, agent: (release) => `${script.agent(release)} exec-env/AWS_Lambda_${runtime}` };
  };
