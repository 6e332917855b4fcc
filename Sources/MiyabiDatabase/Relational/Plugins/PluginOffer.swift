public import Postgres

extension Plugin {
    /// What a plugin costs.
    public struct Offer: Sendable, Hashable {
        /// What it is sold as.
        public var tier: PluginTier
        /// In the currency's smallest unit, such as cents; 0 or more.
        public var price: Int
        /// Three capital letters (ISO 4217).
        public var currency: String
        /// What the price is for; nil if it costs nothing.
        public var billing: Billing?
        /// How many days it may be tried; 0 if it may not.
        public var trialDays: Int

        /// What a plugin costs.
        public init(
            _ tier: PluginTier, price: Int = 0, currency: String = "USD", billing: Billing? = nil, trialDays: Int = 0
        ) {
            self.tier = tier
            self.price = price
            self.currency = currency
            self.billing = billing
            self.trialDays = trialDays
        }
    }

    /// What a price is for.
    public enum Billing: String, PostgresEnum, CaseIterable {
        /// A month.
        case monthly
        /// A year.
        case yearly
        /// For ever.
        case once = "one-time"
    }
}
