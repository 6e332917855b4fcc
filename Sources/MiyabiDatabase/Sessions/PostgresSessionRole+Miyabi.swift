public import Postgres

/// The three identities that Miyabi's policies know (docs/schema.md).
extension PostgresSessionRole {
    /// A user who is signed in. Who is no admin reads under a policy that the planner finds their rows by; they see the
    /// same with it and without (docs/schema.md).
    public static func user(_ claims: VerifiedClaims) -> PostgresSessionRole {
        var role = request("authenticated", claims: claims.json)
        role.preparation = "SELECT auth.narrow()"
        return role
    }

    /// Nobody signed in.
    public static let anonymous = request("anon", claims: #"{"role":"anon"}"#)

    /// Miyabi's own services, which may see and change every row, but not the schema.
    public static let service = request("service_role", claims: #"{"role":"service_role"}"#)

    private static func request(_ role: String, claims: String) -> PostgresSessionRole {
        PostgresSessionRole(role, settings: ["request.jwt.claims": claims])
    }
}
