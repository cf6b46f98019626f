import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Where a Chromium is installed: `CHROMIUM`, or the first that the PATH has. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.CHROMIUM ?? '', ...candidates].find(isExecutable);
}

/** A page opened from a file, and everything it said or asked for. */
interface OpenedPage {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: readonly string[];
  /** Addresses asked for, the file itself apart. */
  readonly requests: readonly string[];
}

export interface PageOpener {
  open(markup: string, options?: BrowserContextOptions): Promise<OpenedPage>;
  close(): Promise<void>;
}

/** Opens pages from files, as readers do, in a real browser. */
export async function pageOpener(executablePath: string): Promise<PageOpener> {
  // Chromium's own sandbox refuses to run as root, as in a container
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser: Browser = await chromium.launch({ executablePath, args });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-page-'));
  let pages = 0;
  return {
    async open(markup, options = {}) {
      pages += 1;
      const file = path.join(folder, `report-${pages}.html`);
      writeFileSync(file, markup);
      const address = pathToFileURL(file).href;
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        if (request.url().split('#')[0] !== address) requests.push(request.url());
      });
      await page.goto(address);
      return { page, complaints, requests };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return file !== '';
  } catch {
    return false;
  }
}
