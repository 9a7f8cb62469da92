export type Reply = Record<string, unknown>;

export const ok = (fields: Reply): Reply => ({ result: true, ...fields });
export const refuse = (message: string): Reply => ({ result: false, message });
