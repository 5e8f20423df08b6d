export { planBackend, type PlanInput, type PlanReading } from "./plan-backend.ts";
export { servicesWithoutCommand } from "./services-without-command.ts";
