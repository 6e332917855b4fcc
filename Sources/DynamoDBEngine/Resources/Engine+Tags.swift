public import DynamoDB

extension Engine {
    /// Adds labels to a table, or changes them.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func tagResource(_ input: TagResourceInput) async throws -> TagResourceOutput {
        try await perform("TagResource", input) { core in
            try checkTaggedARN(input.resourceArn)
            guard !input.tags.isEmpty else {
                throw DynamoDBError.validation("Atleast one Tag needs to be provided as Input.")
            }
            try checkTags(input.tags)
            let keys = StringSet(input.tags.map(\.key))
            try await core.changeTags(of: input.resourceArn) { tags throws(DynamoDBError) in
                tags.removeAll { keys.contains($0.key) }
                tags += input.tags
                try checkTagCount(tags.count)
            }
            return TagResourceOutput()
        }
    }

    /// Removes labels from a table. It is no error if it has none of the name.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`.
    public func untagResource(_ input: UntagResourceInput) async throws -> UntagResourceOutput {
        try await perform("UntagResource", input) { core in
            try checkTaggedARN(input.resourceArn)
            guard !input.tagKeys.isEmpty else {
                throw DynamoDBError.validation("Atleast one Tag Key needs to be provided as Input.")
            }
            try checkTagCount(input.tagKeys.count)
            for key in input.tagKeys { try checkTagKey(key) }
            let keys = StringSet(input.tagKeys)
            try await core.changeTags(of: input.resourceArn) { tags in tags.removeAll { keys.contains($0.key) } }
            return UntagResourceOutput()
        }
    }

    /// Lists a table's labels by name, all on one page.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`.
    public func listTagsOfResource(_ input: ListTagsOfResourceInput) async throws -> ListTagsOfResourceOutput {
        try await perform("ListTagsOfResource", input) { core in
            try checkTaggedARN(input.resourceArn)
            guard let table = core.catalogue.table(named: input.resourceArn) else {
                throw resourceNotFound(input.resourceArn)
            }
            return ListTagsOfResourceOutput(
                tags: (table.record.definition.tags ?? []).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            )
        }
    }
}

extension EngineCore {
    fileprivate func changeTags(
        of arn: String, _ change: @escaping @Sendable (inout [Tag]) throws(DynamoDBError) -> Void
    ) async throws {
        let table = try await catalogue.change(arn) { record throws(DynamoDBError) in
            var tags = record.definition.tags ?? []
            try change(&tags)
            record.definition.tags = tags.isEmpty ? nil : tags
        }
        guard table != nil else { throw resourceNotFound(arn) }
        try await syncCatalogue()
    }
}

private func checkTaggedARN(_ arn: String) throws(DynamoDBError) {
    guard arn.hasPrefix("arn:") else { throw .invalidParameter("ARNs must start with 'arn:': \(arn)") }
    guard let name = TableARN.tableName(in: arn), (3...255).contains(name.utf8.count) else {
        throw .validation("Invalid TableArn: Invalid ResourceArn provided as input \(arn)")
    }
}

private func resourceNotFound(_ arn: String) -> DynamoDBError {
    DynamoDBError(
        code: .resourceNotFoundException, message: "Requested resource not found: ResourceArn: \(arn) not found")
}

// MARK: - What labels there can be

/// Refuses labels that no table can have.
func checkTags(_ tags: [Tag]) throws(DynamoDBError) {
    try checkTagCount(tags.count)
    for tag in tags {
        try checkTagKey(tag.key)
        guard tag.value.isTagText, tag.value.unicodeScalars.count <= 256 else {
            throw .validation("The Tag Value provided is invalid, Value: \(tag.value)")
        }
    }
    if let key = StringSet.firstDuplicate(in: tags.map(\.key)) {
        throw .validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found \(key)")
    }
}

private func checkTagKey(_ key: String) throws(DynamoDBError) {
    guard key.isTagText, (1...128).contains(key.unicodeScalars.count) else {
        throw .validation("The Tag Key provided is invalid, Key: \(key)")
    }
    guard !key.hasPrefix("aws:") else { throw .validation("Tag Key cannot be prefixed with aws:, Key: \(key)") }
}

private func checkTagCount(_ count: Int) throws(DynamoDBError) {
    guard count <= Limits.tags else {
        throw .validation("Number of Tags exceed the current limit for the provided ResourceArn")
    }
}

extension String {
    /// Whether it has only letters, numbers and spaces of any script, and the marks that AWS allows in labels.
    fileprivate var isTagText: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .decimalNumber, .letterNumber, .otherNumber, .spaceSeparator, .lineSeparator, .paragraphSeparator:
                true
            default: "_.:/=+-@".unicodeScalars.contains(scalar)
            }
        }
    }
}
