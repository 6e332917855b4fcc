/// Whoever may ask something of the database.
enum Identity: String, CaseIterable {
    /// Nobody signed in.
    case anon
    /// The user whose rows the fixture holds.
    case owner
    /// A user without rows of the owner's.
    case other
    /// A user whose `users.role` is 'admin'.
    case admin
    /// Miyabi's own services.
    case service

    /// The PostgreSQL role that a request of this identity runs as.
    var role: String {
        switch self {
        case .anon: "anon"
        case .owner, .other, .admin: "authenticated"
        case .service: "service_role"
        }
    }

    /// The id, in `users` and in `web_users` alike, of those who are signed in.
    var id: String? {
        switch self {
        case .owner: "0a000000-0000-4000-8000-000000000001"
        case .other: "0b000000-0000-4000-8000-000000000002"
        case .admin: "0c000000-0000-4000-8000-000000000003"
        case .anon, .service: nil
        }
    }

    /// The verified claims of a request.
    var claims: String {
        id.map { #"{"sub": "\#($0)", "role": "\#(role)"}"# } ?? #"{"role": "\#(role)"}"#
    }
}
