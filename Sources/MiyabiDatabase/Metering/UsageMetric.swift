public import Postgres

/// What a plan counts and limits: the columns of `usage_aggregates` (specification, section 2.2.3).
public enum UsageMetric: String, Sendable, Hashable, CaseIterable, Codable, PostgresDecodable {
    /// Issues worked on.
    case issues
    /// Tokens of language models.
    case tokens
    /// Runs of agents.
    case agentExecutions = "agent_executions"
}
