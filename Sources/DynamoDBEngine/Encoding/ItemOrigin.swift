internal import DynamoDB

/// How an item came to be what it is. AWS words some refusals differently.
enum ItemOrigin {
    case put
    case batch
    case update
    /// An update by AttributeUpdates.
    case legacyUpdate

    private var isUpdate: Bool { self == .update || self == .legacyUpdate }

    var itemTooLarge: DynamoDBError {
        .validation("Item size \(isUpdate ? "to update " : "")has exceeded the maximum allowed size")
    }
}

extension EncodedItem {
    /// Encodes an item for storing.
    ///
    /// - Throws: `ValidationException` for an item beyond the limits.
    init(_ item: Item, from origin: ItemOrigin) throws(DynamoDBError) {
        self = try StoredItemEncoder.encode(item)
        guard size <= Limits.itemSize else { throw origin.itemTooLarge }
    }

    /// Encodes a stored item anew, with other attributes in the place of a part.
    ///
    /// - Throws: `ValidationException` for an item beyond the limits.
    init(_ stored: StoredItem, with new: Item, for part: StoredPart, from origin: ItemOrigin) throws {
        self = try StoredItemEncoder.encode(stored, with: new, for: part)
        guard size <= Limits.itemSize else { throw origin.itemTooLarge }
    }
}
