package import DynamoDB

// What operations on items do. A write is one access for each item; a batch is one for each table.

/// A write of one item, alone or in a transaction.
private struct ItemAccess {
    let action: String
    let tableName: String
    /// The item to put, or the primary key.
    let given: Item
    var names: [String: String]?
    var values: [String: AttributeValue]?
    var condition: String?
    var update: String?
    var legacyNames: [String] = []
    var onFailure: ReturnValuesOnConditionCheckFailure?
    var returnValues: ReturnValues?
    var capacity: ReturnConsumedCapacity?

    func access(_ tables: AccessedTables) -> Access {
        var access = Access(action, table: tableName)
        if tables.detail.contains(.leadingKeys) {
            access.leadingKeys = Access.leadingKeys([given], of: tables.table(tableName)?.key)
        }
        if tables.detail.contains(.attributes) {
            var attributes = AccessedAttributes(names: names, values: values)
            attributes.add(given.keys)
            attributes.add(legacyNames)
            attributes.add(condition: condition)
            attributes.add(update: update)
            // A condition that fails on purpose returns the whole item, and no other key of conditions tells so.
            if onFailure == .allOld { attributes.addAll() }
            access.attributes = attributes.values
        }
        access.returnValues = (returnValues ?? ReturnValues.none).rawValue
        access.tells(capacity)
        return access
    }
}

extension PutItemInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        [
            ItemAccess(
                action: "PutItem", tableName: tableName, given: item, names: expressionAttributeNames,
                values: expressionAttributeValues, condition: conditionExpression,
                legacyNames: expected.map { Array($0.keys) } ?? [], onFailure: returnValuesOnConditionCheckFailure,
                returnValues: returnValues, capacity: returnConsumedCapacity
            ).access(tables)
        ]
    }
}

extension UpdateItemInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        [
            ItemAccess(
                action: "UpdateItem", tableName: tableName, given: key, names: expressionAttributeNames,
                values: expressionAttributeValues, condition: conditionExpression, update: updateExpression,
                legacyNames: (expected.map { Array($0.keys) } ?? []) + (attributeUpdates.map { Array($0.keys) } ?? []),
                onFailure: returnValuesOnConditionCheckFailure, returnValues: returnValues,
                capacity: returnConsumedCapacity
            ).access(tables)
        ]
    }
}

extension DeleteItemInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        [
            ItemAccess(
                action: "DeleteItem", tableName: tableName, given: key, names: expressionAttributeNames,
                values: expressionAttributeValues, condition: conditionExpression,
                legacyNames: expected.map { Array($0.keys) } ?? [], onFailure: returnValuesOnConditionCheckFailure,
                returnValues: returnValues, capacity: returnConsumedCapacity
            ).access(tables)
        ]
    }
}

extension GetItemInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        let read = KeysAndAttributes(
            keys: [key], projectionExpression: projectionExpression, expressionAttributeNames: expressionAttributeNames,
            attributesToGet: attributesToGet)
        return [read.access("GetItem", tableName, returnConsumedCapacity, tables)]
    }
}

extension KeysAndAttributes {
    fileprivate func access(
        _ action: String, _ tableName: String, _ capacity: ReturnConsumedCapacity?, _ tables: AccessedTables
    ) -> Access {
        var access = Access(action, table: tableName)
        if tables.detail.contains(.leadingKeys) {
            access.leadingKeys = Access.leadingKeys(keys, of: tables.table(tableName)?.key)
        }
        if tables.detail.contains(.attributes) {
            var attributes = AccessedAttributes(names: expressionAttributeNames)
            attributes.add(StringSet(keys.flatMap(\.keys)))
            attributes.add(projection: projectionExpression, attributesToGet: attributesToGet)
            access.attributes = attributes.values
        }
        access.select = Access.select(nil, isProjected: projectionExpression != nil || attributesToGet != nil)
        access.tells(capacity)
        return access
    }
}

// MARK: - Several items

extension BatchGetItemInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        requestItems.map { name, read in read.access("BatchGetItem", name, returnConsumedCapacity, tables) }
    }
}

extension BatchWriteItemInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        requestItems.map { name, requests in
            var access = Access("BatchWriteItem", table: name)
            let items = requests.map { request in
                switch request {
                case .put(let item): item
                case .delete(let key): key
                }
            }
            if tables.detail.contains(.leadingKeys) {
                access.leadingKeys = Access.leadingKeys(items, of: tables.table(name)?.key)
            }
            if tables.detail.contains(.attributes) {
                access.attributes = .listed(Array(StringSet(items.flatMap(\.keys))))
            }
            access.tells(returnConsumedCapacity)
            return access
        }
    }
}

extension TransactGetItemsInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        transactItems.map { item in
            let read = KeysAndAttributes(
                keys: [item.get.key], projectionExpression: item.get.projectionExpression,
                expressionAttributeNames: item.get.expressionAttributeNames)
            var access = read.access("GetItem", item.get.tableName, returnConsumedCapacity, tables)
            access.enclosingOperation = "TransactGetItems"
            return access
        }
    }
}

extension TransactWriteItemsInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        transactItems.map { item in
            var access = item.write(returnConsumedCapacity).access(tables)
            access.enclosingOperation = "TransactWriteItems"
            return access
        }
    }
}

extension TransactWriteItem {
    fileprivate func write(_ capacity: ReturnConsumedCapacity?) -> ItemAccess {
        switch self {
        case .conditionCheck(let check):
            ItemAccess(
                action: "ConditionCheckItem", tableName: check.tableName, given: check.key,
                names: check.expressionAttributeNames, values: check.expressionAttributeValues,
                condition: check.conditionExpression, onFailure: check.returnValuesOnConditionCheckFailure,
                capacity: capacity)
        case .put(let put):
            ItemAccess(
                action: "PutItem", tableName: put.tableName, given: put.item, names: put.expressionAttributeNames,
                values: put.expressionAttributeValues, condition: put.conditionExpression,
                onFailure: put.returnValuesOnConditionCheckFailure, capacity: capacity)
        case .delete(let delete):
            ItemAccess(
                action: "DeleteItem", tableName: delete.tableName, given: delete.key,
                names: delete.expressionAttributeNames, values: delete.expressionAttributeValues,
                condition: delete.conditionExpression, onFailure: delete.returnValuesOnConditionCheckFailure,
                capacity: capacity)
        case .update(let update):
            ItemAccess(
                action: "UpdateItem", tableName: update.tableName, given: update.key,
                names: update.expressionAttributeNames, values: update.expressionAttributeValues,
                condition: update.conditionExpression, update: update.updateExpression,
                onFailure: update.returnValuesOnConditionCheckFailure, capacity: capacity)
        }
    }
}
