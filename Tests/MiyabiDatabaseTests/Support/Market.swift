import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres

/// A marketplace for a test: Ann and Bob, Eve, who is an admin, and two plugins, of which `pro` is Bob's and may be tried for
/// 14 days.
struct Market {
    let database: Database
    let ann = UUID()
    let bob = UUID()
    let eve = UUID()

    static let day: TimeInterval = 86_400

    /// Some days that begin so many from now.
    static func days(_ from: Double, _ length: Double = 30) -> Range<Date> {
        // Whole milliseconds, which the server keeps exactly.
        let start = Date(timeIntervalSince1970: (Date().timeIntervalSince1970 + from * day).rounded())
        return start..<start.addingTimeInterval(length * day)
    }

    static func terms(_ number: Int? = nil) -> PluginSubscription.Terms {
        .init(
            tier: .pro, licenseKey: "it's a key", stripeSubscriptionID: number.map { "sub_\($0)" },
            stripeCustomerID: number.map { "cus_\($0)" })
    }

    static let offer = Plugin.Offer(.pro, price: 2900, billing: .monthly, trialDays: 14)

    func user(_ id: UUID) throws -> PostgresSessionRole { .user(try VerifiedClaims(subject: id)) }

    func service<Result: Sendable>(
        _ body: @escaping @Sendable (Relations) async throws -> Result
    ) async throws -> Result {
        try await database.withSession(as: .service, body)
    }

    /// The SQLSTATE with which the server refuses what a role may not do.
    func refusal(
        of role: PostgresSessionRole, _ body: @Sendable (Relations) async throws -> Void
    ) async throws -> String? {
        do {
            try await database.withSession(as: role) { try await body($0) }
            return nil
        } catch let error as PostgresError {
            return error.sqlState
        }
    }

    /// The constraint that something violates.
    func violation(
        as role: PostgresSessionRole = .service, _ body: @Sendable (Relations) async throws -> Void
    ) async throws -> ConstraintViolation? {
        do {
            try await database.withSession(as: role) { try await body($0) }
            return nil
        } catch let error as ConstraintViolation {
            return error
        }
    }

    /// Runs `body` on such a marketplace, in a database of its own.
    static func with(
        named name: String = #function, _ body: @escaping @Sendable (Market) async throws -> Void
    ) async throws {
        try await withPlatform(named: name) { platform in
            let market = Market(database: platform.database)
            try await market.service { relations in
                try await relations.connection.execute(
                    """
                    INSERT INTO users (id, email, role) VALUES (\(market.ann), 'ann@example.com', 'user'),
                      (\(market.bob), 'bob@example.com', 'user'), (\(market.eve), 'eve@example.com', 'admin')
                    """)
                try await relations.plugins.publish(
                    "pro",
                    .init(name: "pro", source: "github:m/pro", version: "1.0.0", offer: offer, authorID: market.bob),
                    .init(displayName: "Pro", features: PostgresJSON(#"{"api_access": true}"#), categories: ["agents"]))
                try await relations.plugins.publish(
                    "free", .init(name: "free", source: "github:m/free", version: "1.0.0", offer: .init(.free)),
                    .init(displayName: "Free"))
            }
            try await body(market)
        }
    }
}

/// Runs the same thing several times at once, and tells how often it went well and what else was thrown.
func race(
    _ count: Int = 4, _ body: @escaping @Sendable (Int) async throws -> Void
) async -> (won: Int, lost: [any Error]) {
    await withTaskGroup(of: (any Error)?.self) { group in
        for number in 0..<count {
            group.addTask {
                do {
                    try await body(number)
                    return nil
                } catch {
                    return error
                }
            }
        }
        var (won, lost) = (0, [any Error]())
        for await error in group {
            if let error { lost.append(error) } else { won += 1 }
        }
        return (won, lost)
    }
}
