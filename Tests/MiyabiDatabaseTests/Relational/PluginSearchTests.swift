import Foundation
import MiyabiDatabase
import Postgres
import Testing

@Suite struct PluginSearchTests {
    private typealias New = (id: String, content: Plugin.Content, entry: Plugin.Entry)

    private func plugin(
        _ id: String, _ displayName: String, _ description: String? = nil, _ categories: [String] = [],
        features: String? = nil, tier: PluginTier = .free, isVerified: Bool = false
    ) -> New {
        (
            id,
            .init(
                displayName: displayName, description: description, features: features.map { PostgresJSON($0) },
                categories: categories),
            .init(
                name: id, source: "github:m/\(id)", version: "1.0.0", offer: .init(tier), isVerified: isVerified)
        )
    }

    /// Finds by every filter, as everyone sees it.
    @Test func pluginsAreFoundByWhatTheyAre() async throws {
        let plugins = [
            plugin(
                "review", "Code Review", "Reads 100% of a pull_request", ["agents", "code"],
                features: #"{"api_access": true, "agents": ["Review", "PR"]}"#, tier: .pro, isVerified: true),
            plugin("notify", "LINE 通知", "コードレビューの結果を検索して通知します", ["line"], features: #"{"api_access": false}"#),
            plugin("deploy", "Deployment", nil, ["code"], tier: .enterprise, isVerified: true),
        ]
        let expected: [(PluginStore.Filter, Set<String>)] = [
            (.init(text: "review"), ["review"]), (.init(text: "REVIEW code"), ["review"]),
            (.init(text: "line"), ["notify"]), (.init(text: "レビュー"), ["notify"]), (.init(text: "検索"), ["notify"]),
            (.init(text: "検知"), []), (.init(text: "索して\u{3000}LINE"), ["notify"]), (.init(text: "知"), ["notify"]),
            (.init(text: "100%"), ["review"]), (.init(text: "1%of"), []), (.init(text: "pull_request"), ["review"]),
            (.init(text: "pull%request"), []), (.init(text: #"\"#), []), (.init(text: "de"), ["review", "deploy"]),
            (.init(text: "  "), ["review", "notify", "deploy", "pro", "free"]),
            (.init(categories: .all(["agents", "code"])), ["review"]),
            (.init(categories: .any(["line", "code"])), ["review", "notify", "deploy"]),
            (.init(categories: .any([])), []), (.init(tier: .enterprise), ["deploy"]),
            (.init(features: PostgresJSON(#"{"api_access": true}"#)), ["review", "pro"]),
            (.init(features: PostgresJSON(#"{"agents": ["PR"]}"#)), ["review"]),
            (.init(categories: .any(["code"]), tier: .pro, isVerified: true), ["review"]),
            (.init(isVerified: true), ["review", "deploy"]), (.init(isFeatured: true), []),
        ]
        try await Market.with { market in
            try await market.service { relations in
                for plugin in plugins { try await relations.plugins.publish(plugin.id, plugin.entry, plugin.content) }
            }
            for role in [PostgresSessionRole.anonymous, .service] {
                for (filter, ids) in expected {
                    let found = try await market.database.withSession(as: role) { try await $0.plugins.list(filter) }
                    #expect(Set(found.rows.map(\.id)) == ids, "\(filter)")
                }
            }
            let own = try await market.service { try await $0.plugins.list(.init(authorID: market.bob)) }
            #expect(own.rows.map(\.id) == ["pro"])
            let error = await #expect(throws: PostgresError.self) {
                try await market.service { try await $0.plugins.list(.init(features: PostgresJSON("{"))) }
            }
            #expect(error?.sqlState == "22P02")
        }
    }

    /// Plugins that stand alike in an order are told apart by their ids: no page repeats or loses one.
    @Test func everyOrderIsPagedToItsEnd() async throws {
        try await Market.with { market in
            try await market.service { relations in
                _ = try await relations.connection.execute(
                    """
                    INSERT INTO plugins (id, name, display_name, source, version, tier, downloads, rating, categories)
                    SELECT 'p' || n, 'p', 'P', 's', '1', 'free', n % 3, (n % 4) * 1.25, '{many}'
                    FROM generate_series(1, 60) n
                    """)
            }
            for order in PluginStore.Order.allCases {
                var (found, cursor): ([Plugin], PageCursor?) = ([], nil)
                repeat {
                    let page = try await market.database.withSession(as: .anonymous) { [cursor] relations in
                        try await relations.plugins.list(
                            .init(categories: .all(["many"])), by: order, after: cursor, limit: 7)
                    }
                    found += page.rows
                    cursor = page.next
                } while cursor != nil
                #expect(found.count == 60 && Set(found.map(\.id)).count == 60)
                let ranks: [Double] = found.map {
                    switch order {
                    case .downloads: Double($0.downloads)
                    case .rating: $0.rating
                    case .newest: $0.createdAt.timeIntervalSince1970
                    }
                }
                #expect(ranks == ranks.sorted(by: >))
                if order == .rating { #expect(ranks.first == 3.75 && ranks.last == 0) }
            }
            // A cursor belongs to its order and filter.
            try await market.service { relations in
                let plugins = relations.plugins
                let cursor = try #require(try await plugins.list(by: .rating, limit: 1).next)
                await #expect(throws: CursorError.self) { try await plugins.list(by: .downloads, after: cursor) }
                await #expect(throws: CursorError.self) {
                    try await plugins.list(.init(text: "p"), by: .rating, after: cursor)
                }
            }
        }
    }
}
