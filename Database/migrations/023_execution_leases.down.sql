-- Back to runs without leases. Those that are running stay so.

DROP TRIGGER agent_executions_end_lease ON agent_executions;
DROP FUNCTION dispatch.end_lease();
DROP TABLE dispatch.leases;
DROP SCHEMA dispatch;
