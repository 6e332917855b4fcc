public import DynamoDB

extension Engine {
    /// Finds the items whose vectors are the nearest to a given one, in a vector index.
    ///
    /// Every entry of the index, or of the partition that is asked for, is looked at: what is found is exact, where AWS
    /// approximates. Every search sees the newest write.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func searchVectors(_ input: SearchVectorsInput) async throws -> SearchVectorsOutput {
        try await perform("SearchVectors", input, on: input.tableName) { core in
            guard input.topK <= Limits.searchResults else {
                throw DynamoDBError.validation(
                    "Provided TopK value '\(input.topK)' is out of valid range. The value must be between 1 and "
                        + "\(Limits.searchResults) inclusive")
            }
            let vector = try input.vector
            let (projection, conditions) = try input.expressions
            let table = try core.table(named: input.tableName)
            let index = try table.searchedIndex(input.indexName)
            guard let space = index.vector else { throw table.indexNotFound(input.indexName) }
            let search = try VectorSearch(index, space, nearest: vector, conditions, limit: input.topK)
            let result = try await search.run(core)
            let items = try result.found.map { found in
                SearchResultItem(item: try index.item(found.entry, space, projection), score: found.score)
            }
            let detail = input.returnConsumedCapacity ?? .none
            return SearchVectorsOutput(
                consumedCapacity: detail == .none
                    ? nil : VectorCapacity(vectorSearchRequestBytes: Double(max(1024, result.bytes))),
                searchResults: items)
        }
    }
}

extension SearchVectorsInput {
    fileprivate var vector: [Float] {
        get throws(DynamoDBError) {
            let components = searchVector.compactMap(VectorSpace.component)
            guard components.count == searchVector.count else {
                throw .validation(
                    "Search vector contains invalid values. All values in the search vector must be a 32-bit "
                        + "floating-point number attribute")
            }
            return components
        }
    }

    fileprivate var expressions: (ItemProjection?, [SearchCondition]) {
        get throws(DynamoDBError) {
            let parameters = try ExpressionParameters(
                names: expressionAttributeNames, values: expressionAttributeValues,
                expressions: [(.projection, projectionExpression), (.searchCondition, searchConditionExpression)])
            let projection = try projectionExpression.map { text throws(DynamoDBError) in
                try ExpressionParser.projection(text, parameters: parameters)
            }
            let conditions = try searchConditionExpression.map { text throws(DynamoDBError) in
                try SearchCondition.all(
                    of: try ExpressionParser.condition(text, kind: .searchCondition, parameters: parameters))
            }
            try parameters.requireAllUsed()
            return (projection, conditions ?? [])
        }
    }
}

extension Table {
    /// The vector index of the name, if it holds all items.
    fileprivate func searchedIndex(_ name: String) throws(DynamoDBError) -> Index {
        guard let index = index(named: name), index.vector != nil else { throw indexNotFound(name) }
        guard !index.isBackfilling else { throw .validation("Cannot search backfilling vector index: \(name)") }
        return index
    }

    fileprivate func indexNotFound(_ name: String) -> DynamoDBError {
        .validation("The table does not have the specified index: \(name)")
    }
}

extension Index {
    /// The item that a search returns of an entry: what the index projects, but for the vector, which must be asked for.
    fileprivate func item(_ entry: [UInt8], _ space: VectorSpace, _ projection: ItemProjection?) throws -> Item {
        var item = try entry.withUnsafeBytes { try StoredItem($0).item() }
        let packed = item[space.attribute]
        item[space.attribute] = nil
        guard let projection else { return item }
        if projectsVector(space) { item[space.attribute] = packed.map(VectorSpace.unpacked) }
        let encoded = try StoredItemEncoder.encode(item)
        return try encoded.bytes.withUnsafeBytes { try StoredItem($0).item(projection) }
    }

    private func projectsVector(_ space: VectorSpace) -> Bool {
        projection.projectionType == .all
            || (projection.nonKeyAttributes ?? []).contains { ExactString($0) == ExactString(space.attribute) }
    }
}
