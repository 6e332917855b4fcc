public import Foundation
public import Postgres

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
        case .unlimited(let id): "Subscription \(id.lowercased) has no period to end with."
        }
    }
}
