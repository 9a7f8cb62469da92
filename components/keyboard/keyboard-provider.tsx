'use client';

import { createContext, type ReactNode, use, useEffect, useEffectEvent, useRef, useState } from 'react';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { type Command, type KeyPlace, meaningOf } from './keymap.ts';

export type CommandHandlers = Partial<Record<Command, () => void>>;

interface Registry {
  add(handlers: CommandHandlers): () => void;
  run(command: Command): boolean;
}

const RegistryContext = createContext<Registry | null>(null);

/** Listens once for the whole console and hands each key to the screen that asked for it last. */
export function KeyboardProvider({ children }: { readonly children: ReactNode }) {
  const [registry] = useState(makeRegistry);
  useKeyListener(registry);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Takes part while the calling component is on the screen. */
export function useCommands(handlers: CommandHandlers): void {
  const registry = use(RegistryContext);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => registry?.add(proxyTo(latest)), [registry]);
}

function makeRegistry(): Registry {
  const stack: CommandHandlers[] = [];
  return {
    add(handlers) {
      stack.push(handlers);
      return () => {
        stack.splice(stack.indexOf(handlers), 1);
      };
    },
    run(command) {
      const handler = stack.findLast((handlers) => handlers[command])?.[command];
      handler?.();
      return handler !== undefined;
    },
  };
}

function proxyTo(latest: { readonly current: CommandHandlers }): CommandHandlers {
  return new Proxy<CommandHandlers>({}, { get: (_, command) => latest.current[command as Command] });
}

function useKeyListener(registry: Registry): void {
  const { letterKeys } = usePreferences();
  const prefixAtMs = useRef<number | null>(null);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const place = event.defaultPrevented ? null : placeOf(event.target);
    if (!place) return;
    const nowMs = event.timeStamp;
    const meaning = meaningOf(event, { place, letterKeys, prefixAtMs: prefixAtMs.current, nowMs });
    prefixAtMs.current = meaning === 'prefix' ? nowMs : null;
    if (meaning && meaning !== 'prefix' && registry.run(meaning)) event.preventDefault();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

/** Null where keys are not ours: in the navigation, the header, and in dialogs, which have their own. */
function placeOf(target: EventTarget | null): KeyPlace | null {
  if (!(target instanceof HTMLElement)) return null;
  if (target !== document.body && !target.closest('[data-keys]')) return null;
  if (target.isContentEditable || target.matches('input, textarea, select')) return 'field';
  return target.matches('a, button, summary') ? 'control' : 'page';
}
