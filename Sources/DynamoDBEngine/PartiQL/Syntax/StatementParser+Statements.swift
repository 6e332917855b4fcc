internal import DynamoDB

/// The grammar of statements:
///
/// ```
/// statement = SELECT * | path, … FROM source [WHERE condition] [ORDER BY name [ASC | DESC], …]
///           | INSERT INTO name VALUE value
///           | UPDATE name (SET path = sum, … | REMOVE path, …)+ WHERE condition [returning]
///           | DELETE FROM name WHERE condition [returning]
///           | EXISTS ( SELECT … )
/// source    = name [. name]
/// returning = RETURNING (ALL | MODIFIED) (OLD | NEW) *
/// ```
extension StatementParser {
    /// Parses a whole statement.
    static func statement(_ text: String, parameters: [AttributeValue]) throws(DynamoDBError) -> Statement {
        var parser = try StatementParser(text, parameters: parameters)
        let statement = try parser.statement()
        try parser.expectEnd()
        return statement
    }

    private mutating func statement() throws(DynamoDBError) -> Statement {
        if try accept(.select) { return .select(try select()) }
        if try accept(.insert) { return .insert(try insert()) }
        if try accept(.update) { return .update(try update()) }
        if try accept(.delete) { return .delete(try delete()) }
        if try accept(.exists) {
            try expect(.openParenthesis)
            try expect(.select)
            let select = try select()
            try expect(.closeParenthesis)
            return .exists(select)
        }
        throw .malformedStatement("Expected data manipulation")
    }

    private mutating func select() throws(DynamoDBError) -> SelectStatement {
        let projection = try projection()
        try expect(.from)
        let (tableName, indexName) = try tableOrIndex()
        try refuseAlias()
        var select = SelectStatement(projection: projection, tableName: tableName, indexName: indexName)
        select.condition = try whereClause()
        guard try accept(.order) else { return select }
        try expect(.by)
        repeat {
            let attribute = try name()
            let isDescending = try accept(.desc)
            if !isDescending { _ = try accept(.asc) }
            select.order.append(SelectStatement.Order(attribute: attribute, isAscending: !isDescending))
        } while try accept(.comma)
        return select
    }

    private mutating func projection() throws(DynamoDBError) -> [DocumentPath]? {
        if try accept(.star) { return nil }
        var paths: [DocumentPath] = []
        repeat {
            guard try !isFunctionCall else {
                throw .validation("Unexpected path component at \(place(of: token))")
            }
            paths.append(try documentPath())
        } while try accept(.comma)
        return paths
    }

    private mutating func insert() throws(DynamoDBError) -> InsertStatement {
        try expect(.into)
        let tableName = try table()
        guard token.isKeyword(.value) else { throw .malformedStatement("Unexpected token after expression") }
        try advance()
        guard case .map(let item) = try token.kind == .sign(.openBrace) ? tuple(at: nil) : literal() else {
            throw .validation("The value of an INSERT statement must be a tuple of attribute names and values")
        }
        return InsertStatement(tableName: tableName, item: item)
    }

    private mutating func update() throws(DynamoDBError) -> UpdateStatement {
        let tableName = try table()
        try refuseAlias()
        let actions = try updateActions()
        return UpdateStatement(
            tableName: tableName, update: try ItemUpdate(actions), condition: try whereClause(),
            returning: try returning())
    }

    private mutating func delete() throws(DynamoDBError) -> DeleteStatement {
        guard try accept(.from), token.kind == .quotedName || token.kind == .word, !isKeyword else {
            throw .malformedStatement("Expected identifier for simple path")
        }
        let tableName = try table()
        try refuseAlias()
        let condition = try whereClause()
        let returning = try returning()
        if let returning, returning != .allOld {
            throw .validation(
                "Invalid returning clause: \(returning.clause). "
                    + "Only RETURNING ALL OLD * is allowed in DELETE statements.")
        }
        return DeleteStatement(tableName: tableName, condition: condition, returning: returning)
    }

    /// `name [. name]`: a table, or an index of one.
    private mutating func tableOrIndex() throws(DynamoDBError) -> (tableName: String, indexName: String?) {
        var parts: [String] = []
        repeat {
            let part = try name()
            guard !part.isEmpty else { throw .validation("Path component cannot be an empty string") }
            parts.append(part)
        } while try accept(.dot)
        guard parts.count <= 2 else {
            throw .validation("A path may contain at most 2 components in the FROM clause")
        }
        return (parts[0], parts.count == 2 ? parts[1] : nil)
    }

    /// The table of a write.
    private mutating func table() throws(DynamoDBError) -> String {
        let (tableName, indexName) = try tableOrIndex()
        guard indexName == nil else { throw .validation("Only SELECT statements may name an index") }
        return tableName
    }

    private func refuseAlias() throws(DynamoDBError) {
        if token.isKeyword(.as) || token.kind == .quotedName || token.kind == .word && !isKeyword {
            throw .validation("Aliasing is not supported")
        }
    }

    private mutating func whereClause() throws(DynamoDBError) -> ConditionNode? {
        try accept(.where) ? try condition() : nil
    }

    private mutating func returning() throws(DynamoDBError) -> ReturnValues? {
        guard try accept(.returning) else { return nil }
        let isWhole = try accept(.all)
        if !isWhole, try !accept(word: "modified") { throw unexpectedToken() }
        let isNew = try accept(word: "new")
        if !isNew, try !accept(word: "old") { throw unexpectedToken() }
        try expect(.star)
        if isWhole { return isNew ? .allNew : .allOld }
        return isNew ? .updatedNew : .updatedOld
    }
}

extension ReturnValues {
    /// The clause that asks for it.
    fileprivate var clause: String {
        switch self {
        case .none: ""
        case .allOld: "RETURNING ALL OLD *"
        case .allNew: "RETURNING ALL NEW *"
        case .updatedOld: "RETURNING MODIFIED OLD *"
        case .updatedNew: "RETURNING MODIFIED NEW *"
        }
    }
}
