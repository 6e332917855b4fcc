import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

/// What the server does for the marketplace's listings, on a million plugins, a million subscriptions and 200,000 trials.
@Suite struct MarketPlanTests {
    @Test func everySearchReadsItsIndex() async throws {
        try await withPlatform { platform in
            try await insertMillionPlugins(platform.configuration)
            try await withPlans(platform.configuration) { database, plans in
                let author = try #require(UUID(uuidString: "00000000-0000-4000-8000-000000000007"))
                typealias Search = (filter: PluginStore.Filter, order: PluginStore.Order, index: String)
                let ordered: [Search] = [
                    (.init(), .downloads, "idx_plugins_downloads_id"), (.init(), .rating, "idx_plugins_rating_id"),
                    (.init(), .newest, "idx_plugins_created_at_id"),
                    (.init(tier: .pro), .downloads, "idx_plugins_tier_downloads"),
                    (.init(tier: .pro), .rating, "idx_plugins_tier_rating"),
                    (.init(isVerified: true), .downloads, "idx_plugins_verified_downloads"),
                    (.init(isFeatured: true), .downloads, "idx_plugins_featured_downloads"),
                    // What nearly all have is no way to find them.
                    (.init(categories: .all(["agents"])), .downloads, "idx_plugins_downloads_id"),
                    (.init(text: "deploys"), .rating, "idx_plugins_rating_id"),
                    (.init(features: PostgresJSON(#"{"api_access": false}"#)), .newest, "idx_plugins_created_at_id"),
                ]
                let found: [Search] = [
                    (.init(categories: .all(["line"])), .downloads, "idx_plugins_categories"),
                    (.init(categories: .any(["line", "none"])), .rating, "idx_plugins_categories"),
                    (.init(features: PostgresJSON(#"{"api_access": true}"#)), .rating, "idx_plugins_features_paths"),
                    (.init(text: "日本語"), .downloads, "idx_plugins_text"),
                    (.init(text: "通知"), .rating, "idx_plugins_text"),
                    (.init(text: "translator"), .newest, "idx_plugins_text"),
                    (.init(authorID: author), .newest, "idx_plugins_author_id"),
                ]
                for (search, isFound) in ordered.map({ ($0, false) }) + found.map({ ($0, true) }) {
                    // Often enough for a prepared statement to come to one plan for all values.
                    try await plans.expect(search.index, sorted: isFound, pages: 7, of: database) {
                        try await $0.plugins.list(search.filter, by: search.order, after: $1, limit: 50)
                    }
                }

                // Row-level security takes neither indexes nor statistics away from everyone.
                let signedIn = PostgresSessionRole.user(try VerifiedClaims(subject: UUID()))
                for role in [PostgresSessionRole.anonymous, signedIn] {
                    for search in ordered + found {
                        let plan = try await plans.plan {
                            try await database.withSession(as: role) {
                                try await $0.plugins.list(search.filter, by: search.order)
                            }
                        }
                        #expect(
                            plan.text.contains(search.index) && !plan.text.contains("Seq Scan"),
                            "\(search.filter): \(plan.text)")
                    }
                }

                // 20,000 rows further down, a page reads no more blocks.
                for order in PluginStore.Order.allCases {
                    var cursor: PageCursor?
                    for _ in 0..<20 { cursor = try await list(.init(), order, cursor, database, limit: 1000).next }
                    let top = try await plans.plan { try await list(.init(), order, nil, database) }
                    let deep = try await plans.plan { try await list(.init(), order, cursor, database) }
                    #expect(try blocks(of: deep.text) <= blocks(of: top.text) + 4)
                }
            }
        }
    }

    @Test func everyListOfSubscriptionsAndTrialsReadsItsIndex() async throws {
        try await withPlatform { platform in
            try await insertMillionSubscriptions(platform.configuration)
            try await withPlans(platform.configuration) { database, plans in
                let user = try #require(UUID(uuidString: "00000000-0000-4000-8000-000000000007"))
                // The few rows of one user or customer are sorted.
                let subscriptions: [(PluginSubscriptionStore.Selection, index: String, isSorted: Bool)] = [
                    (.user(user), "subscriptions_user_id_plugin_id_key", true),
                    (.stripeCustomer("cus_7"), "idx_subscriptions_stripe_customer_id", true),
                    (.plugin("p3"), "idx_subscriptions_plugin_created_at_id", false),
                    (.status(.active), "idx_subscriptions_status_created_at_id", false),
                    (.status(.pastDue), "idx_subscriptions_status_created_at_id", false),
                ]
                for (selection, index, isSorted) in subscriptions {
                    try await plans.expect(index, sorted: isSorted, of: database) {
                        try await $0.subscriptions.list(selection, after: $1, limit: 2)
                    }
                }
                let trials: [(TrialStore.Selection, index: String, isSorted: Bool)] = [
                    (.user(user), "trials_user_id_plugin_id_key", true),
                    (.plugin("p3"), "idx_trials_plugin_started_at_id", false),
                ]
                for (selection, index, isSorted) in trials {
                    try await plans.expect(index, sorted: isSorted, of: database) {
                        try await $0.trials.list(selection, after: $1, limit: 2)
                    }
                }
                let ended = try await plans.plan {
                    try await database.withSession(as: .service) { try await $0.subscriptions.endDue(limit: 100) }
                }
                #expect(ended.result.count == 100)
                #expect(ended.text.contains("idx_subscriptions_due") && !ended.text.contains("Sort"), "\(ended.text)")
                let over = try await plans.plan {
                    try await database.withSession(as: .service) { try await $0.trials.endDue(limit: 100) }
                }
                #expect(over.result.count == 100)
                #expect(over.text.contains("idx_trials_due") && !over.text.contains("Sort"), "\(over.text)")
            }
        }
    }

    private func list(
        _ filter: PluginStore.Filter, _ order: PluginStore.Order, _ cursor: PageCursor?, _ database: Database,
        limit: Int = 20
    ) async throws -> Page<Plugin> {
        try await database.withSession(as: .service) {
            try await $0.plugins.list(filter, by: order, after: cursor, limit: limit)
        }
    }
    private func insertMillionPlugins(_ configuration: PostgresConfiguration) async throws {
        try await insertMany(
            into: ["plugins"], configuration,
            """
            INSERT INTO plugins (id, name, display_name, source, version, tier, author_id, description, features,
              categories, verified, featured, downloads, rating, created_at)
            SELECT 'p' || n, 'plugin', CASE n % 2000 WHEN 8 THEN 'Translator' ELSE 'Agent' END, 's', '1',
              (ARRAY['free', 'pro', 'enterprise', 'addon'])[n % 4 + 1],
              CASE n % 2000 WHEN 9 THEN \(unsafeSQL: numberedID(0, "7")) END,
              CASE n % 2000 WHEN 7 THEN '日本語で通知' ELSE 'Deploys.' END,
              CASE n % 2000 WHEN 6 THEN '{"api_access": true}' ELSE '{"api_access": false}' END::jsonb,
              CASE n % 2000 WHEN 5 THEN '{agents,line}' ELSE '{agents}' END::text[],
              n % 100 = 0, n % 1000 = 0, n % 1009, (n % 401) / 100.0, timestamptz '2025-01-01' + n * interval '1 second'
            FROM generate_series(1, 1000000) n
            """)
    }

    private func insertMillionSubscriptions(_ configuration: PostgresConfiguration) async throws {
        try await insertMany(
            into: ["subscriptions", "trials"], configuration,
            """
            INSERT INTO subscriptions (id, user_id, plugin_id, stripe_customer_id, tier, license_key, status,
              current_period_start, current_period_end, cancel_at_period_end, created_at)
            SELECT \(unsafeSQL: numberedID(2)), \(unsafeSQL: numberedID(0, "n % 200000")), 'p' || n / 200000,
              'cus_' || n % 200000, 'pro', 'key',
              CASE n / 1000 % 10 WHEN 0 THEN 'past_due' WHEN 1 THEN 'canceled' WHEN 2 THEN 'trial' ELSE 'active' END,
              now() - interval '30 days', now() + (n % 1009 - 500) * interval '1 hour', n % 100 = 0,
              timestamptz '2025-01-01' + n * interval '1 second'
            FROM generate_series(1, 1000000) n
            """,
            """
            INSERT INTO trials (id, user_id, plugin_id, license_key, started_at, expires_at, ended_at)
            SELECT \(unsafeSQL: numberedID(3)), \(unsafeSQL: numberedID(0, "n % 40000")), 'p' || n / 40000, 'key', start,
              start + interval '14 days', CASE n % 10 WHEN 0 THEN NULL ELSE start END
            FROM generate_series(1, 200000) n, LATERAL (SELECT now() - n * interval '10 seconds') AS since (start)
            """)
    }
}
