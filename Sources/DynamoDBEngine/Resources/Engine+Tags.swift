public import DynamoDB

extension Engine {
    /// Adds labels to a table, or changes them.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `LimitExceededException`.
    public func tagResource(_ input: TagResourceInput) async throws -> TagResourceOutput {
        try await perform("TagResource", input) { core in
            try checkTaggedARN(input.resourceArn)
            guard !input.tags.isEmpty else {
                throw DynamoDBError.validation("Atleast one Tag needs to be provided as Input.")
            }
            try await core.changeTags(of: input.resourceArn) { tags throws(DynamoDBError) in
                let keys = Set(input.tags.map(\.key))
                tags.removeAll { keys.contains($0.key) }
                tags += input.tags
                try checkTags(tags)
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
            try await core.changeTags(of: input.resourceArn) { tags in
                tags.removeAll { input.tagKeys.contains($0.key) }
            }
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
            return ListTagsOfResourceOutput(tags: (table.record.definition.tags ?? []).sorted { $0.key < $1.key })
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
    guard let name = TableARN.tableName(in: arn), (3...255).contains(name.utf8.count) else {
        throw .validation("Invalid TableArn: Invalid ResourceArn provided as input \(arn)")
    }
}

private func resourceNotFound(_ arn: String) -> DynamoDBError {
    // The missing letter is AWS's.
    DynamoDBError(
        code: .resourceNotFoundException, message: "Requested resource not found: ResourcArn: \(arn) not found")
}

/// Refuses labels that no table can have.
func checkTags(_ tags: [Tag]) throws(DynamoDBError) {
    for tag in tags {
        guard (1...128).contains(tag.key.unicodeScalars.count) else {
            throw .validation(
                "1 validation error detected: Value '\(tag.key)' at 'tags.1.member.key' failed to satisfy constraint: "
                    + "Member must have length \(tag.key.isEmpty ? "greater than or equal to 1" : "less than or equal to 128")"
            )
        }
        guard tag.value.unicodeScalars.count <= 256 else {
            throw .validation(
                "1 validation error detected: Value '\(tag.value)' at 'tags.1.member.value' failed to satisfy "
                    + "constraint: Member must have length less than or equal to 256")
        }
        guard !tag.key.hasPrefix("aws:") else {
            throw .invalidParameter("aws: prefixed tag key names are not allowed for external use.")
        }
    }
    guard Set(tags.map(\.key)).count == tags.count else { throw .invalidParameter("Tag keys must be unique") }
    guard tags.count <= Limits.tags else {
        throw DynamoDBError(
            code: .limitExceededException,
            message: "Subscriber limit exceeded: A table can have at most \(Limits.tags) tags")
    }
}
