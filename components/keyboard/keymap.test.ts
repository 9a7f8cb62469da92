import { describe, expect, it } from 'vitest';
import { type KeyPress, type KeySituation, meaningOf } from './keymap.ts';

const press = (code: string, change: Partial<KeyPress> = {}): KeyPress => ({
  code,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  repeat: false,
  ...change,
});
const onPage: KeySituation = { place: 'page', letterKeys: true, prefixAtMs: null, nowMs: 10_000 };

describe('the key map', () => {
  it('reads the physical key, so a Korean layout makes no difference', () => {
    expect(meaningOf(press('KeyJ'), onPage)).toBe('next');
    expect(meaningOf(press('KeyK'), onPage)).toBe('previous');
    expect(meaningOf(press('KeyA'), onPage)).toBe('approve');
    expect(meaningOf(press('KeyR'), onPage)).toBe('reject');
  });

  it('leaves keys alone while a syllable is being composed', () => {
    expect(meaningOf(press('KeyA', { isComposing: true }), onPage)).toBeNull();
  });

  it.each(['ctrlKey', 'altKey', 'metaKey'] as const)('leaves keys with %s to the browser', (modifier) => {
    expect(meaningOf(press('KeyA', { [modifier]: true }), onPage)).toBeNull();
  });

  it('lets only Escape through while typing', () => {
    const typing: KeySituation = { ...onPage, place: 'field' };
    expect(meaningOf(press('KeyA'), typing)).toBeNull();
    expect(meaningOf(press('ArrowDown'), typing)).toBeNull();
    expect(meaningOf(press('Slash', { shiftKey: true }), typing)).toBeNull();
    expect(meaningOf(press('Escape'), typing)).toBe('close');
  });

  it('leaves Enter to a button or link that has the focus', () => {
    expect(meaningOf(press('Enter'), { ...onPage, place: 'control' })).toBeNull();
    expect(meaningOf(press('Enter'), onPage)).toBe('open');
    expect(meaningOf(press('KeyO'), { ...onPage, place: 'control' })).toBe('open');
  });

  it('keeps arrows and Escape when letters are off', () => {
    const off: KeySituation = { ...onPage, letterKeys: false };
    expect(meaningOf(press('KeyA'), off)).toBeNull();
    expect(meaningOf(press('KeyG'), off)).toBeNull();
    expect(meaningOf(press('Slash', { shiftKey: true }), off)).toBeNull();
    expect(meaningOf(press('ArrowDown'), off)).toBe('next');
    expect(meaningOf(press('Escape'), off)).toBe('close');
  });

  it('goes somewhere with g and a letter, for a moment only', () => {
    expect(meaningOf(press('KeyG'), onPage)).toBe('prefix');
    expect(meaningOf(press('KeyA'), { ...onPage, prefixAtMs: 9_000 })).toBe('go-wallets');
    expect(meaningOf(press('KeyA'), { ...onPage, prefixAtMs: 1_000 })).toBe('approve');
    expect(meaningOf(press('KeyX'), { ...onPage, prefixAtMs: 9_000 })).toBeNull();
  });

  it('opens no sheet because a key is held down', () => {
    expect(meaningOf(press('KeyA', { repeat: true }), onPage)).toBeNull();
    expect(meaningOf(press('KeyJ', { repeat: true }), onPage)).toBe('next');
  });
});
