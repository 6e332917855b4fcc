/// One action of TransactWriteItems.
public enum TransactWriteItem: Sendable, Hashable {
    /// Checks an item without changing it.
    case conditionCheck(ConditionCheck)
    /// Writes a whole item.
    case put(Put)
    /// Deletes an item.
    case delete(Delete)
    /// Changes an item's attributes.
    case update(Update)
}
