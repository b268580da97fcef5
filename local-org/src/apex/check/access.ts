import type { BodyContext } from './context.ts';

/** From API version 67, what declares no access mode runs in user mode; triggers and older classes in system mode. */
export function defaultAccess(cx: BodyContext): 'user' | 'system' {
  return cx.def.apiVersion >= 67 && !cx.triggerObject ? 'user' : 'system';
}
