public import Postgres

/// What a plugin, or a licence for it, is sold as.
public enum PluginTier: String, PostgresEnum, CaseIterable, Codable {
    /// Without payment.
    case free
    /// For a person or a team.
    case pro
    /// For a company.
    case enterprise
    /// On top of another plugin.
    case addon
}
