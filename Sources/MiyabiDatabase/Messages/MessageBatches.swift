import DynamoDB

/// Cuts messages, in their order, into such as fit one transaction: 100 actions, 4 MB.
///
/// Source: AWS, "TransactWriteItems" in the Amazon DynamoDB API reference.
enum MessageBatches {
    private static let maximumActions = 100
    /// Less than the limit: what stands around the payloads is small, and is not counted here.
    private static let maximumBytes = 3_500_000

    static func cut(_ drafts: [MessageDraft]) -> [[MessageDraft]] {
        var batches: [[MessageDraft]] = []
        var actions = 0
        var bytes = 0
        var ids: Set<String> = []
        for draft in drafts {
            let size = draft.payload.sizeInBytes
            let cost = draft.id == nil ? 1 : 2
            // A transaction takes no item twice: of two messages of one name, the second meets the first's in the table.
            let isRepeated = draft.id.map { ids.contains($0) } ?? false
            if batches.isEmpty || isRepeated || actions + cost > maximumActions || bytes + size > maximumBytes {
                batches.append([])
                (actions, bytes, ids) = (1, 0, [])  // The head is one action.
            }
            batches[batches.count - 1].append(draft)
            actions += cost
            bytes += size
            if let id = draft.id { ids.insert(id) }
        }
        return batches
    }
}
