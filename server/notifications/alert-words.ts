import type { EventType, NotificationSubject, Severity } from './statuses.ts';

/** The words of alerts. A channel has readers of both languages, so each is said in both; Korean first, as in the console. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: '긴급 Critical',
  warning: '주의 Warning',
  info: '안내 Info',
};

export const EVENT_WORDS: Readonly<Record<EventType, string>> = {
  'withdrawal.pending': '출금 승인 대기 / Withdrawal waits for approval',
  'withdrawal.approved_pending': '추가 승인 대기 / Withdrawal waits for a second approval',
  'withdrawal.approved': '출금 승인됨 / Withdrawal approved',
  'withdrawal.retrying': '출금 다시 보내기 대기 / Withdrawal is being retried',
  'withdrawal.submitted': '출금 제공사 접수 / Withdrawal submitted',
  'withdrawal.pending_transit': '출금 경유 전송 중 / Withdrawal in transit',
  'withdrawal.manual_review':
    '출금 결과 확인 필요 - 다시 보내지 마세요 / Withdrawal outcome unknown - do not send it again',
  'withdrawal.completed': '출금 완료 / Withdrawal completed',
  'withdrawal.failed': '출금 실패 / Withdrawal failed',
  'withdrawal.rejected': '출금 반려됨 / Withdrawal rejected',
  'withdrawal.cancelled': '출금 취소됨 / Withdrawal cancelled',
  'withdrawal.escalated': '출금 확인 요청 / Withdrawal escalated by a colleague',
  'withdrawal.hold_aged': '오래 보류된 출금 / Withdrawal on hold for long',
  'withdrawal.too_few_approvers': '승인할 수 있는 사람이 모자란 출금 / Too few people can approve a withdrawal',
  'policy.proposed': '정책 변경 제안 / Policy change proposed',
  'policy.changed': '정책 변경 시행 / Policy change has taken effect',
  'policy.refused': '정책 변경 제안 철회 / Policy change taken back or refused',
  'payout.unresolved': '지급 결과가 아직 확인되지 않음 / Payout outcome still unknown',
  'incident.opened': '사고 발생 / Incident opened',
  'incident.closed': '사고 종결 / Incident closed',
  'reconciliation.differences': '대사 차이 발견 / Reconciliation found differences',
  'books.alarm': '장부 경보 / The books raise an alarm',
  'system.frozen': '보내기 정지 / Payouts frozen',
  'system.unfrozen': '보내기 정지 해제 / Payouts unfrozen',
  'provider.paused': '제공사로 보내기 중지 / Provider paused',
  'provider.resumed': '제공사로 보내기 재개 / Provider resumed',
  'breaker.opened': '자동 차단 작동 / Circuit breaker opened',
  'breaker.closed': '자동 차단 해제 / Circuit breaker closed',
  'operator.new_device': '새 기기에서 로그인 / You have signed in on a new device',
  'audit.foreign_row': '감사 기록에 외부에서 넣은 행 발견 / A row in the audit record was not written by Countersign',
  'audit.export_failed': '감사 기록 서명 보관 실패 / Audit signatures could not be stored outside',
  'audit.export_resumed': '감사 기록 서명 보관 재개 / Audit signatures are stored outside again',
  'delivery.given_up': '알림 전달 포기 / Message could not be delivered',
  'notification.escalated': '확인되지 않은 알림 / Notification escalated',
  'webhook.test': '웹훅 시험 / Webhook test',
};

export const SUBJECT_WORDS: Readonly<Record<NotificationSubject, string>> = {
  withdrawal: '출금 Withdrawal',
  incident: '사고 Incident',
  system: '시스템 System',
  provider: '제공사 Provider',
  delivery: '알림 전달 Delivery',
  notification: '알림 Notification',
  webhook: '웹훅 Webhook',
  reconciliation: '대사 Reconciliation',
  books: '장부 Books',
  audit: '감사 기록 Audit record',
  operator: '운영자 Operator',
};

/** In the order they are read. */
export const FACT_WORDS = {
  amount: '금액 Amount',
  member: '회원 Member',
  target: '받는 곳 To',
  withdrawal: '출금 Withdrawal',
  subject: '대상 Subject',
  attempts: '시도 횟수 Attempts',
  device: '기기 Device',
  reason: '사유 Reason',
  requestedAt: '최초 요청 First requested',
  at: '발생 시각 Time',
} as const;
