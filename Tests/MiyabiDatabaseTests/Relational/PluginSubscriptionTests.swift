import Foundation
import MiyabiDatabase
import Postgres
import Synchronization
import Testing

@Suite struct PluginSubscriptionTests {
    @Test func aSubscriptionIsOpenedOncePerUserAndPlugin() async throws {
        try await Market.with { market in
            let period = Market.days(0, 14)
            let opened = try await market.service { relations in
                try await relations.subscriptions.open(
                    Market.terms(1), .trial(period), userID: market.ann, pluginID: "pro")
            }
            #expect(opened.terms == Market.terms(1) && opened.status == .trial && !opened.cancelsAtPeriodEnd)
            #expect(opened.periodStart == period.lowerBound && opened.periodEnd == period.upperBound)
            #expect(opened.trialEndsAt == period.upperBound)

            let again = await #expect(throws: ConstraintViolation.self) {
                try await market.service {
                    try await $0.subscriptions.open(Market.terms(2), .unlimited, userID: market.ann, pluginID: "pro")
                }
            }
            #expect(again?.kind == .unique && again?.table == "subscriptions")
            #expect(again?.fields == ["user_id", "plugin_id"])
            let taken = await #expect(throws: ConstraintViolation.self) {
                try await market.service {
                    try await $0.subscriptions.open(Market.terms(1), .unlimited, userID: market.bob, pluginID: "pro")
                }
            }
            #expect(taken?.kind == .unique && taken?.fields == ["stripe_subscription_id"])
            let unknown = await #expect(throws: ConstraintViolation.self) {
                try await market.service {
                    try await $0.subscriptions.open(Market.terms(), .unlimited, userID: market.ann, pluginID: "none")
                }
            }
            #expect(unknown?.kind == .foreignKey && unknown?.fields == ["plugin_id"])

            try await market.service { relations in
                let subscriptions = relations.subscriptions
                let found = try await subscriptions.subscription(of: market.ann, to: "pro")
                #expect(found == opened)
                #expect(try await subscriptions.subscription(opened.id) == opened)
                #expect(try await subscriptions.subscription(stripeSubscriptionID: "sub_1") == opened)
                #expect(try await subscriptions.subscription(of: market.bob, to: "pro") == nil)
            }
        }
    }

    @Test func oneOfManyStartersWins() async throws {
        try await Market.with { market in
            let (won, lost) = await race { number in
                try await market.service { relations in
                    _ = try await relations.subscriptions.open(
                        Market.terms(number), .paid(Market.days(0)), userID: market.ann, pluginID: "pro")
                }
            }
            #expect(won == 1 && lost.count == 3)
            #expect(lost.allSatisfy { ($0 as? ConstraintViolation)?.fields == ["user_id", "plugin_id"] }, "\(lost)")
        }
    }

    /// Every state against every change.
    @Test func whatIsCanceledStaysSo() async throws {
        try await Market.with { market in
            let opened = try await market.service {
                try await $0.subscriptions.open(
                    Market.terms(1), .trial(Market.days(0)), userID: market.ann, pluginID: "pro")
            }
            // Each change tells of a later period than the one before.
            let months = Atomic<Int>(0)
            let change = {
                @Sendable (status: PluginSubscriptionStatus, subscriptions: PluginSubscriptionStore) async throws
                    -> PluginSubscription in
                let period = Market.days(Double(30 * months.add(1, ordering: .relaxed).newValue))
                return switch status {
                case .trial: try await subscriptions.reopen(opened.id, Market.terms(2), .trial(Market.days(0)))
                case .active: try await subscriptions.renew(opened.id, for: period)
                case .pastDue: try await subscriptions.markPastDue(opened.id, for: period)
                case .canceled: try await subscriptions.cancel(opened.id)
                }
            }
            for from in PluginSubscriptionStatus.allCases {
                for to in PluginSubscriptionStatus.allCases {
                    try await market.service { relations in
                        let subscriptions = relations.subscriptions
                        if try await subscriptions.subscription(opened.id).status != .trial {
                            try await subscriptions.cancel(opened.id)
                            _ = try await change(.trial, subscriptions)
                        }
                        if from != .trial { _ = try await change(from, subscriptions) }
                        let before = try await subscriptions.subscription(opened.id)
                        #expect(before.status == from)
                        let isReopened = from == .canceled && to == .trial
                        let isToldTwice = from == to && to != .trial
                        if from.next.contains(to) || isReopened || isToldTwice {
                            #expect(try await change(to, subscriptions).status == to)
                        } else {
                            let error = PluginSubscriptionError.illegalTransition(opened.id, from: from, to: to)
                            await #expect(throws: error) { _ = try await change(to, subscriptions) }
                            #expect(try await subscriptions.subscription(opened.id) == before)
                        }
                    }
                }
            }
            let unknown = UUID()
            await #expect(throws: PluginSubscriptionError.notFound(unknown)) {
                try await market.service { try await $0.subscriptions.cancel(unknown) }
            }
        }
    }

    @Test func aPeriodNeverGoesBack() async throws {
        try await Market.with { market in
            let (first, second) = (Market.days(-30), Market.days(0))
            try await market.service { relations in
                let subscriptions = relations.subscriptions
                let opened = try await subscriptions.open(
                    Market.terms(1), .paid(first), userID: market.ann, pluginID: "pro")
                let unpaid = try await subscriptions.markPastDue(opened.id, for: second)
                #expect(unpaid.status == .pastDue && unpaid.periodEnd == second.upperBound)
                #expect(try await subscriptions.markPastDue(opened.id, for: second) == unpaid)
                // The period before, told late, pays nothing of the present one.
                #expect(try await subscriptions.renew(opened.id, for: first) == unpaid)
                let renewed = try await subscriptions.renew(opened.id, for: second)
                #expect(renewed.status == .active && renewed.periodEnd == second.upperBound)
                // Stripe tells it again, and then the period before.
                #expect(try await subscriptions.renew(opened.id, for: second) == renewed)
                #expect(try await subscriptions.renew(opened.id, for: first) == renewed)
                // That neither could be paid at first comes after that it was.
                #expect(try await subscriptions.markPastDue(opened.id, for: second) == renewed)
                #expect(try await subscriptions.markPastDue(opened.id, for: first) == renewed)

                try await subscriptions.cancel(opened.id)
                await #expect(
                    throws: PluginSubscriptionError.illegalTransition(opened.id, from: .canceled, to: .active)
                ) { try await subscriptions.renew(opened.id, for: Market.days(30)) }
                let reopened = try await subscriptions.reopen(opened.id, Market.terms(2), .unlimited)
                #expect(reopened.id == opened.id && reopened.status == .active && reopened.periodEnd == nil)
                #expect(reopened.terms == Market.terms(2) && reopened.createdAt == opened.createdAt)
                #expect(try await subscriptions.renew(opened.id, for: first).periodEnd == first.upperBound)
            }
        }
    }

    @Test func itsUserDecidesAboutItsEndAndNothingElse() async throws {
        try await Market.with { market in
            let opened = try await market.service {
                try await $0.subscriptions.open(
                    Market.terms(1), .paid(Market.days(0)), userID: market.ann, pluginID: "pro")
            }
            let ann = try market.user(market.ann)
            let ending = try await market.database.withSession(as: ann) {
                try await $0.subscriptions.setCancelsAtPeriodEnd(true, opened.id)
            }
            #expect(ending.cancelsAtPeriodEnd && ending.status == .active)
            let kept = try await market.database.withSession(as: ann) {
                try await $0.subscriptions.setCancelsAtPeriodEnd(false, opened.id)
            }
            #expect(!kept.cancelsAtPeriodEnd)

            // Bob does not see it, Eve does and may not change it.
            for other in [market.bob, market.eve] {
                await #expect(throws: PluginSubscriptionError.notFound(opened.id)) {
                    try await market.database.withSession(as: try market.user(other)) {
                        try await $0.subscriptions.setCancelsAtPeriodEnd(true, opened.id)
                    }
                }
                let seen = try await market.database.withSession(as: try market.user(other)) {
                    try await $0.subscriptions.list(.user(market.ann)).rows
                }
                #expect(seen.count == (other == market.eve ? 1 : 0))
            }
            for role in [ann, .anonymous] {
                let refusal = await #expect(throws: PostgresError.self) {
                    try await market.database.withSession(as: role) { try await $0.subscriptions.cancel(opened.id) }
                }
                #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
            }

            try await market.service { relations in
                let subscriptions = relations.subscriptions
                try await subscriptions.cancel(opened.id)
                await #expect(
                    throws: PluginSubscriptionError.illegalTransition(opened.id, from: .canceled, to: .canceled)
                ) { try await subscriptions.setCancelsAtPeriodEnd(true, opened.id) }
                try await subscriptions.reopen(opened.id, Market.terms(), .unlimited)
                await #expect(throws: PluginSubscriptionError.unlimited(opened.id)) {
                    try await subscriptions.setCancelsAtPeriodEnd(true, opened.id)
                }
            }
        }
    }

    @Test func whatIsDueEndsOnce() async throws {
        try await Market.with { market in
            let due = try await market.service { relations in
                try await relations.connection.query(
                    """
                    WITH customer AS (
                      INSERT INTO users (email) SELECT n || '@example.com' FROM generate_series(1, 40) n RETURNING id, email
                    )
                    INSERT INTO subscriptions (user_id, plugin_id, tier, license_key, status, current_period_start,
                      current_period_end, cancel_at_period_end)
                    SELECT id, 'pro', 'pro', 'key', (ARRAY['trial', 'active', 'past_due'])[n % 3 + 1],
                      now() - interval '30 days', now() - n * interval '1 second', true
                    FROM customer, LATERAL (SELECT split_part(email, '@', 1)::int) AS number (n) RETURNING id
                    """
                ).decode(UUID.self)
            }
            // Neither what goes on nor what ends later.
            try await market.service { relations in
                let subscriptions = relations.subscriptions
                _ = try await subscriptions.open(
                    Market.terms(1), .paid(Market.days(-60)), userID: market.ann, pluginID: "pro")
                let later = try await subscriptions.open(
                    Market.terms(2), .paid(Market.days(0)), userID: market.bob, pluginID: "pro")
                try await subscriptions.setCancelsAtPeriodEnd(true, later.id)
            }
            let ended = try await withThrowingTaskGroup(of: [UUID].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var mine: [UUID] = []
                        while true {
                            let batch = try await market.service { try await $0.subscriptions.endDue(limit: 7) }
                            #expect(batch.count <= 7 && batch.allSatisfy { $0.status == .canceled })
                            if batch.isEmpty { return mine }
                            mine += batch.map(\.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(ended.count == 40 && Set(ended) == Set(due))
        }
    }

    @Test func listsArePagedNewestFirst() async throws {
        try await Market.with { market in
            try await market.service { relations in
                let subscriptions = relations.subscriptions
                _ = try await subscriptions.open(Market.terms(1), .unlimited, userID: market.ann, pluginID: "pro")
                _ = try await subscriptions.open(Market.terms(2), .unlimited, userID: market.ann, pluginID: "free")
                _ = try await subscriptions.open(Market.terms(3), .unlimited, userID: market.bob, pluginID: "free")
                let selections: [(PluginSubscriptionStore.Selection, Set<String>)] = [
                    (.user(market.ann), ["sub_1", "sub_2"]), (.plugin("free"), ["sub_2", "sub_3"]),
                    (.status(.active), ["sub_1", "sub_2", "sub_3"]), (.status(.pastDue), []),
                    (.stripeCustomer("cus_3"), ["sub_3"]),
                ]
                for (selection, expected) in selections {
                    var (found, cursor): ([PluginSubscription], PageCursor?) = ([], nil)
                    repeat {
                        let page = try await subscriptions.list(selection, after: cursor, limit: 1)
                        found += page.rows
                        cursor = page.next
                    } while cursor != nil
                    #expect(found.count == expected.count)
                    #expect(Set(found.compactMap(\.terms.stripeSubscriptionID)) == expected)
                }
            }
        }
    }
}
