/// <reference path="../.sst/platform/config.d.ts" />
import { named } from './deployment.ts';

/**
 * Who owns which network, 7 MB: a layer of its own, so that functions stay small and a new table is a new version.
 *
 * Functions find it as `/opt/network.bin`.
 */
export function networkTableLayer() {
  return new aws.lambda.LayerVersion('NetworkTable', {
    layerName: named('network-table'),
    description: 'Owners and countries of networks',
    code: new $util.asset.AssetArchive({
      'network.bin': new $util.asset.FileAsset(`${$cli.paths.root}/packages/ingest/data/network.bin`),
    }),
    compatibleRuntimes: ['nodejs24.x'],
    compatibleArchitectures: ['arm64'],
  });
}
