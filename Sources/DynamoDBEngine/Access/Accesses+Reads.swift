package import DynamoDB

// What queries, scans and searches do, and what PartiQL's statements do.

extension QueryInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        var access = Access("Query", table: tableName, index: indexName)
        if !tables.detail.isEmpty {
            let table = tables.table(tableName)
            let index = indexName.flatMap { table?.index(named: $0) }
            var attributes = AccessedAttributes(names: expressionAttributeNames, values: expressionAttributeValues)
            let condition =
                attributes.add(condition: keyConditionExpression, kind: .keyCondition)
                ?? keyConditions.flatMap { try? ConditionNode.keyConditions($0) }
            access.leadingKeys = Access.leadingKeys(condition, of: indexName == nil ? table?.key : index?.key)
            attributes.add(condition: filterExpression, kind: .filter)
            for legacy in [keyConditions, queryFilter] { attributes.add(legacy.map { Array($0.keys) } ?? []) }
            attributes.add(projection: projectionExpression, attributesToGet: attributesToGet, select, of: index)
            access.attributes = attributes.values
        }
        access.select = Access.select(
            select, isProjected: projectionExpression != nil || attributesToGet != nil, index: indexName)
        access.tells(returnConsumedCapacity)
        return [access]
    }
}

extension ScanInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        var access = Access("Scan", table: tableName, index: indexName)
        if tables.detail.contains(.attributes) {
            let index = indexName.flatMap { tables.table(tableName)?.index(named: $0) }
            var attributes = AccessedAttributes(names: expressionAttributeNames, values: expressionAttributeValues)
            attributes.add(condition: filterExpression, kind: .filter)
            attributes.add(scanFilter.map { Array($0.keys) } ?? [])
            attributes.add(projection: projectionExpression, attributesToGet: attributesToGet, select, of: index)
            access.attributes = attributes.values
        }
        access.select = Access.select(
            select, isProjected: projectionExpression != nil || attributesToGet != nil, index: indexName)
        access.tells(returnConsumedCapacity)
        return [access]
    }
}

extension SearchVectorsInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        var access = Access("SearchVectors", table: tableName, index: indexName)
        if !tables.detail.isEmpty {
            let index = tables.table(tableName)?.index(named: indexName)
            var attributes = AccessedAttributes(names: expressionAttributeNames, values: expressionAttributeValues)
            let condition = attributes.add(condition: searchConditionExpression, kind: .searchCondition)
            attributes.add(index?.vector.map { [$0.attribute] } ?? [])
            attributes.add(projection: projectionExpression, attributesToGet: nil, held: index?.projectedNames)
            access.attributes = attributes.values
            access.leadingKeys = Access.leadingKeys(condition, of: index?.key)
        }
        access.select = Access.select(nil, isProjected: projectionExpression != nil, index: indexName)
        access.tells(returnConsumedCapacity)
        return [access]
    }
}

// MARK: - PartiQL

extension ExecuteStatementInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        // What cannot be read does nothing: it is refused as such.
        guard let statement = try? Statement(self.statement, parameters) else { return [] }
        return [statement.access(tables, onFailure: returnValuesOnConditionCheckFailure)]
    }
}

extension BatchExecuteStatementInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        statements.compactMap { request in
            (try? Statement(request.statement, request.parameters))?.access(
                tables, onFailure: request.returnValuesOnConditionCheckFailure)
        }
    }
}

extension ExecuteTransactionInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        transactStatements.compactMap { request in
            var access = (try? Statement(request.statement, request.parameters))?.access(
                tables, onFailure: request.returnValuesOnConditionCheckFailure)
            access?.enclosingOperation = "ExecuteTransaction"
            return access
        }
    }
}

extension Statement {
    fileprivate func access(
        _ tables: AccessedTables, onFailure: ReturnValuesOnConditionCheckFailure?
    ) -> Access {
        var (access, attributes) = access(tables.table(tableName))
        if onFailure == .allOld { attributes.addAll() }
        access.attributes = attributes.values
        return access
    }

    private func access(_ table: Table?) -> (Access, AccessedAttributes) {
        var attributes = AccessedAttributes()
        var access: Access
        switch self {
        case .select(let select), .exists(let select):
            access = Access("PartiQLSelect", table: tableName, index: select.indexName)
            let index = select.indexName.flatMap { table?.index(named: $0) }
            let partitions = select.partitions(of: select.indexName == nil ? table?.key : index?.key)
            access.isFullTableScan = partitions == nil && isRead
            access.leadingKeys = partitions ?? .all
            access.select = Access.select(nil, isProjected: select.projection != nil, index: select.indexName)
            attributes.add(select.condition?.attributeNames ?? [])
            // EXISTS tells only whether the item meets its condition.
            if let projection = select.projection {
                attributes.add(projection.map(\.attribute))
            } else if isRead {
                if let held = index?.projectedNames { attributes.add(held) } else { attributes.addAll() }
            }
        case .insert(let insert):
            access = Access("PartiQLInsert", table: tableName)
            access.leadingKeys = Access.leadingKeys([insert.item], of: table?.key)
            attributes.add(insert.item.keys)
        case .update(let update):
            access = Access("PartiQLUpdate", table: tableName)
            access.leadingKeys = Access.leadingKeys(update.condition, of: table?.key)
            attributes.add(update.condition?.attributeNames ?? [])
            attributes.add(update.update)
        case .delete(let delete):
            access = Access("PartiQLDelete", table: tableName)
            access.leadingKeys = Access.leadingKeys(delete.condition, of: table?.key)
            attributes.add(delete.condition?.attributeNames ?? [])
        }
        if !isRead { access.returnValues = (returning ?? ReturnValues.none).rawValue }
        return (access, attributes)
    }
}

extension SelectStatement {
    /// The partition key's values that the clause names, as they are read; nil where everything is.
    fileprivate func partitions(of key: KeyLayout?) -> Access.Values? {
        // A vector index may have no partition key; it is no source of a SELECT.
        guard let key, !key.partition.isEmpty, let condition, let branches = try? KeyBranches(condition, on: key),
            let queries = try? branches.queries(of: 0)
        else { return nil }
        let texts = queries.map(\.partition.conditionText)
        return texts.contains(nil) ? nil : .listed(texts.compactMap { $0 })
    }
}
