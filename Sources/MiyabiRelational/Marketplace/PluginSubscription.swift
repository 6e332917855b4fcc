public import Foundation
public import Postgres

/// A user's right to a plugin for as long as they pay: a row of `subscriptions` (specification, section 2.2.2). A user has
/// one for a plugin, whatever has become of it.
public struct PluginSubscription: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// Whose it is: a row of users.
    public var userID: UUID
    /// The plugin.
    public var pluginID: String
    /// What was agreed.
    public var terms: Terms
    /// How it stands.
    public var status: PluginSubscriptionStatus
    /// When the period began that is paid or tried now; nil if it is unlimited.
    public var periodStart: Date?
    /// When that period ends.
    public var periodEnd: Date?
    /// When its trial ends or has ended; nil if it began without one.
    public var trialEndsAt: Date?
    /// Whether it ends with the period.
    public var cancelsAtPeriodEnd: Bool
    /// When it was opened first.
    public var createdAt: Date
    /// When it was changed last.
    public var updatedAt: Date

    /// What was agreed.
    public struct Terms: Sendable, Hashable {
        /// What it is sold as.
        public var tier: PluginTier
        /// The licence that comes with it.
        public var licenseKey: String
        /// Stripe's id of the subscription, `sub_…`; nil if nobody pays.
        public var stripeSubscriptionID: String?
        /// Stripe's id of who pays, `cus_…`.
        public var stripeCustomerID: String?

        /// What was agreed.
        public init(
            tier: PluginTier, licenseKey: String, stripeSubscriptionID: String? = nil, stripeCustomerID: String? = nil
        ) {
            self.tier = tier
            self.licenseKey = licenseKey
            self.stripeSubscriptionID = stripeSubscriptionID
            self.stripeCustomerID = stripeCustomerID
        }
    }

    /// How a subscription begins.
    public enum Start: Sendable, Hashable {
        /// With a trial, which is its first period.
        case trial(Range<Date>)
        /// With a paid period.
        case paid(Range<Date>)
        /// Without periods: nothing is to be renewed.
        case unlimited
    }
}

extension PluginSubscription.Start {
    var status: PluginSubscriptionStatus {
        switch self {
        case .trial: .trial
        case .paid, .unlimited: .active
        }
    }

    var period: Range<Date>? {
        switch self {
        case .trial(let period), .paid(let period): period
        case .unlimited: nil
        }
    }

    var trialEnd: Date? { status == .trial ? period?.upperBound : nil }
}

extension PluginSubscription: KeysetRow {
    static let table = "subscriptions"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = [
        "id", "user_id", "plugin_id", "stripe_subscription_id", "stripe_customer_id", "tier", "license_key", "status",
        "current_period_start", "current_period_end", "trial_ends_at", "cancel_at_period_end", "created_at",
        "updated_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        pluginID = try row.decode("plugin_id")
        terms = Terms(
            tier: try row.decode("tier"), licenseKey: try row.decode("license_key"),
            stripeSubscriptionID: try row.decode("stripe_subscription_id"),
            stripeCustomerID: try row.decode("stripe_customer_id"))
        status = try row.decode("status")
        periodStart = try row.decode("current_period_start")
        periodEnd = try row.decode("current_period_end")
        trialEndsAt = try row.decode("trial_ends_at")
        cancelsAtPeriodEnd = try row.decode("cancel_at_period_end")
        createdAt = try row.decode("created_at")
        updatedAt = try row.decode("updated_at")
    }
}

/// How a subscription stands.
public enum PluginSubscriptionStatus: String, PostgresEnum, CaseIterable {
    /// Its first period is free.
    case trial
    /// Its period is paid.
    case active
    /// Its period is not paid yet, and payment is tried again.
    case pastDue = "past_due"
    /// It has ended.
    case canceled

    /// The states that it may change to. What is canceled stays so, unless it is opened again.
    public var next: Set<PluginSubscriptionStatus> {
        switch self {
        case .trial: [.active, .pastDue, .canceled]
        case .active: [.pastDue, .canceled]
        case .pastDue: [.active, .canceled]
        case .canceled: []
        }
    }
}

/// What cannot be done to a subscription. It was not changed.
public enum PluginSubscriptionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No subscription has this id, or none that the caller may see or change.
    case notFound(UUID)
    /// The subscription is where no way leads to the state asked for.
    case illegalTransition(UUID, from: PluginSubscriptionStatus, to: PluginSubscriptionStatus)
    /// The subscription has no period, so that it cannot end with one.
    case unlimited(UUID)

    /// One sentence.
    public var description: String {
        switch self {
        case .notFound(let id): "There is no subscription \(id.lowercased)."
        case .illegalTransition(let id, let from, let to):
            "Subscription \(id.lowercased) is \(from.rawValue) and cannot become \(to.rawValue)."
        case .unlimited(let id): "Subscription \(id.lowercased) has no billing period, so it cannot end with one."
        }
    }
}
