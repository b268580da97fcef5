import { current } from '../../engine/current.ts';
import { required } from '../../values/exception.ts';
import { invoke } from '../../values/invoke.ts';
import { platformClass } from '../define.ts';
import type { ApexVersion } from './Version.ts';

/** What an install script is told. */
class InstallContext {
  static readonly apexName = 'System.InstallContext';
  readonly previous: ApexVersion | null;
  readonly push: boolean;

  constructor(previous: ApexVersion | null, push: boolean) {
    this.previous = previous;
    this.push = push;
  }
}

/** What an uninstall script is told. */
class UninstallContext {
  static readonly apexName = 'System.UninstallContext';
}

/** `Test.testInstall`: runs an install script as after an installation, or an upgrade from a version. */
export function testInstall(handler: object | null, previous: ApexVersion | null, push = false): void {
  invoke(required(handler), 'onInstall', [new InstallContext(previous, push)]);
}

/** `Test.testUninstall`. */
export function testUninstall(handler: object | null): void {
  invoke(required(handler), 'onUninstall', [new UninstallContext()]);
}

export const InstallContextClass = platformClass('System.InstallContext', {
  'Id installerId()': () => current.tx.user.id,
  'Id organizationId()': () => current.tx.services.organizationId,
  'Boolean isPush()': (context: InstallContext) => context.push,
  'Boolean isUpgrade()': (context: InstallContext) => context.previous !== null,
  'Version previousVersion()': (context: InstallContext) => context.previous,
});

export const UninstallContextClass = platformClass('System.UninstallContext', {
  'Id organizationId()': () => current.tx.services.organizationId,
  'Id uninstallerId()': () => current.tx.user.id,
});
