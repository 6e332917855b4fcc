package import DynamoDB

/// A response's body, for services: that of a read whose items were never values.
package struct ResponseDocument: Sendable {
    /// JSON.
    package let bytes: [UInt8]
}

extension Engine {
    /// As ``getItem(_:)``.
    package func getItemDocument(_ input: GetItemInput) async throws -> ResponseDocument {
        let (found, output) = try await getItem(input, as: ItemDocuments.self)
        let item = found.json.isEmpty ? nil : JSONWriter.Written.value(found.json)
        return ResponseDocument(bytes: output.jsonDocument(with: "Item", item))
    }

    /// As ``query(_:)``.
    package func queryDocument(_ input: QueryInput) async throws -> ResponseDocument {
        let (found, output) = try await query(input, as: ItemDocuments.self)
        return ResponseDocument(bytes: output.jsonDocument(with: "Items", found.map { .elements($0.json) }))
    }

    /// As ``scan(_:)``.
    package func scanDocument(_ input: ScanInput) async throws -> ResponseDocument {
        let (found, output) = try await scan(input, as: ItemDocuments.self)
        return ResponseDocument(bytes: output.jsonDocument(with: "Items", found.map { .elements($0.json) }))
    }
}
