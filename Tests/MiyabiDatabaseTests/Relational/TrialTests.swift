import Foundation
import MiyabiDatabase
import Postgres
import Testing

@Suite struct TrialTests {
    @Test func aPluginIsTriedOnce() async throws {
        try await Market.with { market in
            let trial = try await market.service {
                try await $0.trials.start(userID: market.ann, pluginID: "pro", licenseKey: "it's a key")
            }
            #expect(trial.expiresAt == trial.startedAt.addingTimeInterval(14 * Market.day) && trial.endedAt == nil)
            let again = await #expect(throws: ConstraintViolation.self) {
                try await market.service {
                    try await $0.trials.start(userID: market.ann, pluginID: "pro", licenseKey: "key")
                }
            }
            #expect(again?.kind == .unique && again?.fields == ["user_id", "plugin_id"])
            for pluginID in ["free", "none"] {
                await #expect(throws: TrialError.notOffered(pluginID: pluginID)) {
                    try await market.service {
                        try await $0.trials.start(userID: market.ann, pluginID: pluginID, licenseKey: "key")
                    }
                }
            }

            // Its user sees it, and an admin; nobody starts one but the service.
            for (user, count) in [(market.ann, 1), (market.eve, 1), (market.bob, 0)] {
                try await market.database.withSession(as: try market.user(user)) { relations in
                    let own = try await relations.trials.list(.user(market.ann))
                    #expect(own.rows.count == count)
                    #expect(try await relations.trials.list(.plugin("pro")).rows.count == count)
                    #expect(
                        try await relations.trials.trial(of: "pro", by: market.ann)?.id == (count == 1 ? trial.id : nil)
                    )
                }
            }
            for role in [try market.user(market.ann), .anonymous] {
                let refusal = await #expect(throws: PostgresError.self) {
                    try await market.database.withSession(as: role) {
                        try await $0.trials.start(userID: market.ann, pluginID: "pro", licenseKey: "key")
                    }
                }
                #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
            }
        }
    }

    @Test func oneOfManyStartersWins() async throws {
        try await Market.with { market in
            let (won, lost) = await race { number in
                try await market.service { relations in
                    _ = try await relations.trials.start(userID: market.ann, pluginID: "pro", licenseKey: "\(number)")
                }
            }
            #expect(won == 1 && lost.count == 3)
            #expect(lost.allSatisfy { ($0 as? ConstraintViolation)?.fields == ["user_id", "plugin_id"] }, "\(lost)")
        }
    }

    @Test func aTrialBecomesASubscription() async throws {
        try await Market.with { market in
            let trial = try await market.service {
                try await $0.trials.start(userID: market.ann, pluginID: "pro", licenseKey: "key")
            }
            let (won, lost) = await race { number in
                try await market.service { relations in
                    let opened = try await relations.trials.convert(
                        trial.id, to: Market.terms(number), .paid(Market.days(0)))
                    #expect(opened.userID == market.ann && opened.pluginID == "pro" && opened.status == .active)
                }
            }
            #expect(won == 1 && lost.allSatisfy { $0 as? TrialError == .over(trial.id) }, "\(lost)")
            try await market.service { relations in
                let ended = try await relations.trials.trial(trial.id)
                #expect(ended.endedAt != nil)
                #expect(try await relations.subscriptions.subscription(of: market.ann, to: "pro")?.status == .active)
            }
            let unknown = UUID()
            await #expect(throws: TrialError.notFound(unknown)) {
                try await market.service { try await $0.trials.convert(unknown, to: Market.terms(), .unlimited) }
            }
        }
    }

    /// The subscription that cannot be opened leaves the trial as it was.
    @Test func aTrialGoesOnWhereNothingIsOpened() async throws {
        try await Market.with { market in
            let trial = try await market.service { relations in
                _ = try await relations.subscriptions.open(
                    Market.terms(1), .unlimited, userID: market.bob, pluginID: "pro")
                return try await relations.trials.start(userID: market.ann, pluginID: "pro", licenseKey: "key")
            }
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await market.service { try await $0.trials.convert(trial.id, to: Market.terms(1), .unlimited) }
            }
            #expect(violation?.fields == ["stripe_subscription_id"])
            let kept = try await market.service { try await $0.trials.trial(trial.id) }
            #expect(kept == trial)
        }
    }

    @Test func whatIsOverEndsOnce() async throws {
        try await Market.with { market in
            let trials = try await market.service { relations in
                let over = try await relations.trials.start(userID: market.ann, pluginID: "pro", licenseKey: "key")
                _ = try await relations.trials.start(userID: market.bob, pluginID: "pro", licenseKey: "key")
                try await relations.connection.execute(
                    """
                    UPDATE trials SET started_at = now() - interval '15 days', expires_at = now() - interval '1 day'
                    WHERE id = \(over.id)
                    """)
                return over
            }
            await #expect(throws: TrialError.over(trials.id)) {
                try await market.service { try await $0.trials.convert(trials.id, to: Market.terms(), .unlimited) }
            }
            let ended = try await market.service { try await $0.trials.endDue() }
            #expect(ended.map(\.id) == [trials.id] && ended.allSatisfy { $0.endedAt != nil })
            #expect(try await market.service { try await $0.trials.endDue() }.isEmpty)
        }
    }
}
