import Foundation
import MiyabiDatabase
import Postgres
import Testing

@Suite struct PluginTests {
    private let entry = Plugin.Entry(name: "new", source: "github:m/new", version: "0.1.0", offer: Market.offer)
    private let content = Plugin.Content(
        displayName: "It's new", description: "For tests", features: PostgresJSON(#"{"agents": ["Review"]}"#),
        limitations: PostgresJSON(#"{"issues_per_month": 5}"#), categories: ["line", "a'b"])

    private func with<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
        var value = value
        change(&value)
        return value
    }

    @Test func adminsPublishAndAuthorsDescribe() async throws {
        try await Market.with { market in
            let entry = with(entry) { $0.authorID = market.ann }
            let published = try await market.database.withSession(as: try market.user(market.eve)) {
                try await $0.plugins.publish("new", entry, content)
            }
            #expect(published.entry == entry && published.content.categories == content.categories)
            #expect(try published.content.limitations?.decode([String: Int].self) == ["issues_per_month": 5])
            #expect(published.downloads == 0 && published.rating == 0)
            let seen = try await market.database.withSession(as: .anonymous) { try await $0.plugins.plugin("new") }
            #expect(seen == published)
            let taken = await #expect(throws: ConstraintViolation.self) {
                try await market.service { try await $0.plugins.publish("new", entry, content) }
            }
            #expect(taken?.kind == .unique && taken?.table == "plugins" && taken?.fields == ["id"])

            let newer = with(content) { $0.displayName = "It's newer" }
            let next = with(entry) { $0.version = "0.2.0" }
            let ann = try market.user(market.ann)
            try await market.database.withSession(as: ann) { relations in
                let described = try await relations.plugins.replace("new", with: newer)
                #expect(described?.content.displayName == "It's newer")
                #expect(try await relations.plugins.replace("pro", with: newer) == nil)
                #expect(try await relations.plugins.delete("new") == false)
            }
            let refusal = await #expect(throws: PostgresError.self) {
                try await market.database.withSession(as: ann) { try await $0.plugins.replace("new", with: next) }
            }
            #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
            try await market.database.withSession(as: try market.user(market.eve)) { relations in
                let replaced = try await relations.plugins.replace("new", with: next)
                #expect(replaced?.entry == next && replaced?.content.displayName == "It's newer")
                #expect(try await relations.plugins.delete("new"))
            }
        }
    }

    @Test func whatTheSchemaRefusesNamesItsField() async throws {
        try await Market.with { market in
            let cases: [(kind: ConstraintViolation.Kind, field: String, entry: Plugin.Entry)] = [
                (.foreignKey, "requires_plugin", with(entry) { $0.requiredPluginID = "none" }),
                (.foreignKey, "author_id", with(entry) { $0.authorID = UUID() }),
                (.check, "price", with(entry) { $0.offer.price = -1 }),
                (.check, "currency", with(entry) { $0.offer.currency = "yen" }),
                (.check, "trial_period", with(entry) { $0.offer.trialDays = -1 }),
            ]
            for (kind, field, entry) in cases {
                let violation = await #expect(throws: ConstraintViolation.self) {
                    try await market.service { try await $0.plugins.publish("new", entry, content) }
                }
                #expect(violation?.kind == kind && violation?.fields == [field])
            }
            // Who is subscribed to a plugin keeps it.
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await market.service { relations in
                    _ = try await relations.subscriptions.open(
                        Market.terms(), .unlimited, userID: market.ann, pluginID: "pro")
                    _ = try await relations.plugins.delete("pro")
                }
            }
            #expect(violation?.kind == .foreignKey && violation?.table == "subscriptions")
        }
    }

    @Test func downloadsAreTheServicesToCount() async throws {
        try await Market.with { market in
            let (won, _) = await race { _ in try await market.service { try await $0.plugins.countDownload(of: "pro") }
            }
            #expect(won == 4)
            try await market.service { _ = try await $0.plugins.foldCounts() }
            let plugin = try await market.service { try await $0.plugins.plugin("pro") }
            #expect(plugin?.downloads == 4)
            let unknown = await #expect(throws: LookupError.self) {
                try await market.service { try await $0.plugins.countDownload(of: "none") }
            }
            #expect(unknown?.description == #"There is no plugin "none"."#)
            let refusal = await #expect(throws: PostgresError.self) {
                try await market.database.withSession(as: try market.user(market.eve)) {
                    try await $0.plugins.countDownload(of: "pro")
                }
            }
            #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
        }
    }
}
