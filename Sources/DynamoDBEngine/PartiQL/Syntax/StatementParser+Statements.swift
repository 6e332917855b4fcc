internal import DynamoDB

/// The grammar of statements:
///
/// ```
/// statement = SELECT * | path, … FROM source [WHERE condition] [ORDER BY name [ASC | DESC], …]
///           | INSERT INTO name VALUE value
///           | UPDATE name (SET path = sum, … | REMOVE path, …)+ WHERE condition [returning]
///           | FROM name WHERE condition (SET path = sum, … | REMOVE path, …)+ [returning]
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
        if try accept(.from) { return .update(try updateFromFirst()) }
        if try accept(.delete) { return .delete(try delete()) }
        if try accept(.exists) {
            try expect(.openParenthesis)
            try expect(.select)
            let select = try select()
            try expect(.closeParenthesis)
            return .exists(select)
        }
        if isName {
            _ = try documentPath()
            if try accept(.is) {
                _ = try accept(.not)
                if try statementType() != nil { throw .validation("Unsupported operation: IsType") }
            }
        }
        throw .malformedStatement("Expected data manipulation")
    }

    private mutating func select() throws(DynamoDBError) -> SelectStatement {
        var select = SelectStatement(tableName: "")
        try readProjection(of: &select)
        try expect(.from)
        let names = try sourceNames { parser throws(DynamoDBError) in try parser.name() }
        (select.tableName, select.indexName) = (names[0], names.count == 2 ? names[1] : nil)
        try refuseAlias()
        guard token.kind != .sign(.comma) else {
            throw .validation("Only select from a single table or index is supported.")
        }
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

    private mutating func readProjection(of select: inout SelectStatement) throws(DynamoDBError) {
        if try accept(.star) { return }
        var paths: [DocumentPath] = []
        var columns: StringSet = []
        repeat {
            if try isFunctionCall {
                select.fault = select.fault ?? .validation("Unexpected path component at \(place(of: token))")
                try skipCall()
                continue
            }
            let path = try documentPath()
            try refuseAlias()
            if !columns.insert(path.columnName).inserted {
                refuse("Duplicate identifiers in select clause: \(path.columnName)")
            }
            paths.append(path)
        } while try accept(.comma)
        select.projection = paths
    }

    /// Takes a function and its arguments, whatever they are.
    private mutating func skipCall() throws(DynamoDBError) {
        try advance()
        var depth = 0
        repeat {
            switch try advance().kind {
            case .sign(.openParenthesis): depth += 1
            case .sign(.closeParenthesis): depth -= 1
            case .end: throw unexpectedToken()
            default: break
            }
        } while depth > 0
    }

    private mutating func insert() throws(DynamoDBError) -> InsertStatement {
        try expect(.into)
        let names = try targetNames()
        if names.count == 2 {
            throw .validation(
                "FROM clause may only contain a single table name in data manipulation statements")
        }
        guard try accept(.value) else { throw .malformedStatement("Unexpected token after expression") }
        let item = try item()
        if try returning() != nil { refuse("RETURNING is not supported in INSERT") }
        return InsertStatement(tableName: names[0], item: item)
    }

    private mutating func update() throws(DynamoDBError) -> UpdateStatement {
        let tableName = try table()
        let actions = try updateActions()
        return UpdateStatement(
            tableName: tableName, update: try ItemUpdate(actions), condition: try whereClause(),
            returning: try returning())
    }

    /// `FROM name WHERE … SET …`
    private mutating func updateFromFirst() throws(DynamoDBError) -> UpdateStatement {
        let tableName = try table()
        let condition = try whereClause()
        return UpdateStatement(
            tableName: tableName, update: try ItemUpdate(try updateActions()), condition: condition,
            returning: try returning())
    }

    private mutating func delete() throws(DynamoDBError) -> DeleteStatement {
        guard try accept(.from) else { throw .malformedStatement("Expected identifier for simple path") }
        let tableName = try table()
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
    private mutating func sourceNames(
        _ read: (inout StatementParser) throws(DynamoDBError) -> String
    ) throws(DynamoDBError) -> [String] {
        var names: [String] = []
        repeat {
            let name = try read(&self)
            guard !name.isEmpty else { throw .validation("Path component cannot be an empty string") }
            names.append(name)
        } while try accept(.dot)
        guard names.count <= 2 else {
            throw .validation("A path may contain at most 2 components in the FROM clause")
        }
        return names
    }

    private mutating func targetNames() throws(DynamoDBError) -> [String] {
        try sourceNames { parser throws(DynamoDBError) in try parser.target() }
    }

    /// The table of an update or a delete.
    private mutating func table() throws(DynamoDBError) -> String {
        let names = try targetNames()
        if names.count == 2 { refuse("This operation is not supported on an index") }
        try refuseAlias()
        return names[0]
    }

    private func refuseAlias() throws(DynamoDBError) {
        if token.isKeyword(.as) || isName {
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
