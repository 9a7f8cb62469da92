import type { Secret } from '#server/kernel/secret.ts';
import type { AlertMessage, SendResult } from '#server/notifications/sender.port.ts';
import { postJson } from './post-json.ts';

type Format = 'slack' | 'discord';

/**
 * Which of the two an address wants: by its host, else by `format=slack|discord` in its query, which is ours and not sent.
 * Whatever else takes messages usually takes Slack's.
 */
export function alertTarget(address: Secret): { url: URL; format: Format } {
  const url = new URL(address.reveal());
  const said = url.searchParams.get('format');
  if (said === 'slack' || said === 'discord') {
    url.searchParams.delete('format');
    return { url, format: said };
  }
  const isDiscord = /(?:^|\.)discord(?:app)?\.com$/.test(url.hostname) || url.pathname.startsWith('/api/webhooks/');
  return { url, format: isDiscord ? 'discord' : 'slack' };
}

const BODIES: Readonly<Record<Format, (message: AlertMessage) => object>> = {
  slack: ({ title, lines, link }) => ({ text: [`*${slackText(title)}*`, ...lines.map(slackText), link].join('\n') }),
  discord: ({ title, lines, link }) => ({
    content: [`**${discordText(title)}**`, ...lines.map(discordText), `<${link}>`].join('\n').slice(0, DISCORD_MAX),
    allowed_mentions: { parse: [] },
  }),
};
const DISCORD_MAX = 2_000;

/** What a caller wrote must not become a mention, a link or bold. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const discordText = (text: string): string => text.replace(/[\\*_~`|>@<#[\]]/g, '\\$&');

/** Sends alerts to a Slack or Discord webhook, whose address is the secret that lets anybody post there. */
export function alertWebhook(address: Secret, guard: () => void): (message: AlertMessage) => Promise<SendResult> {
  return (message) => {
    const { url, format } = alertTarget(address);
    return postJson({ url, body: JSON.stringify(BODIES[format](message)), guard });
  };
}
