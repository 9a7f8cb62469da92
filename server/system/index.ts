export { SystemService } from './system.service.ts';
