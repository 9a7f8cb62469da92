import { describe, expect, test } from 'vitest';
import { isAllowedIp, whyNotWebhookUrl } from './webhook-address.ts';

const production = { allowsLoopback: false };
const elsewhere = { allowsLoopback: true };

describe('the address of a webhook', () => {
  test.each([
    'https://platform.example/hooks',
    'https://platform.example:443/hooks?team=1',
    'https://8.8.8.8/hooks',
    'https://[2606:4700:4700::1111]/hooks',
  ])('%s is fine', (url) => {
    expect(whyNotWebhookUrl(url, production)).toBeNull();
  });

  test.each([
    ['http://platform.example/', 'scheme'],
    ['ftp://platform.example/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['https://user@platform.example/', 'userinfo'],
    ['https://user:password@platform.example/', 'userinfo'],
    ['https://platform.example:8443/', 'port'],
    ['https://platform.example:22/', 'port'],
    ['https://platform.example/#part', 'malformed'],
    ['platform.example', 'malformed'],
    ['https://', 'malformed'],
    ['https://localhost/', 'host'],
    ['https://database/', 'host'],
    ['https://service.internal/', 'host'],
    ['https://printer.local./', 'host'],
    ['https://127.0.0.1/', 'host'],
    ['https://127.1/', 'host'],
    ['https://0x7f000001/', 'host'],
    ['https://2130706433/', 'host'],
    ['https://0177.0.0.1/', 'host'],
    ['https://①②⑦.0.0.1/', 'host'],
    ['https://0.0.0.0/', 'host'],
    ['https://10.1.2.3/', 'host'],
    ['https://172.31.255.255/', 'host'],
    ['https://192.168.0.1/', 'host'],
    ['https://169.254.169.254/latest/meta-data', 'host'],
    ['https://100.64.0.1/', 'host'],
    ['https://224.0.0.1/', 'host'],
    ['https://255.255.255.255/', 'host'],
    ['https://[::1]/', 'host'],
    ['https://[::]/', 'host'],
    ['https://[fe80::1]/', 'host'],
    ['https://[fd00::1]/', 'host'],
    ['https://[::ffff:127.0.0.1]/', 'host'],
    ['https://[::ffff:8.8.8.8]/', 'host'],
    ['https://[::ffff:a00:1]/', 'host'],
    ['https://[64:ff9b::7f00:1]/', 'host'],
    ['https://[2002:7f00:1::]/', 'host'],
    ['https://[2001:db8::1]/', 'host'],
  ])('%s is refused for its %s', (url, problem) => {
    expect(whyNotWebhookUrl(url, production)).toBe(problem);
  });

  test.each(['http://127.0.0.1:4010/hooks', 'http://localhost:4010/', 'https://[::1]:8443/'])(
    '%s is fine outside production, and there alone',
    (url) => {
      expect(whyNotWebhookUrl(url, elsewhere)).toBeNull();
      expect(whyNotWebhookUrl(url, production)).not.toBeNull();
    },
  );

  test.each([
    'http://10.0.0.1/',
    'http://platform.example/',
    'https://169.254.169.254/',
    'https://[::ffff:127.0.0.1]/',
  ])('%s is refused outside production too', (url) => {
    expect(whyNotWebhookUrl(url, elsewhere)).not.toBeNull();
  });
});

describe('an address as it was resolved', () => {
  test.each(['93.184.215.14', '2606:4700:4700::1111'])('%s is fine', (ip) => {
    expect(isAllowedIp(ip, production)).toBe(true);
  });

  test.each(['127.0.0.1', '10.0.0.1', '::1', '::ffff:127.0.0.1', 'fe80::1%eth0', 'not an address', '', '100.100.1.1'])(
    '%s is not',
    (ip) => {
      expect(isAllowedIp(ip, production)).toBe(false);
    },
  );
});
