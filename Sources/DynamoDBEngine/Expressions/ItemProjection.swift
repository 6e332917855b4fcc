internal import DynamoDB

/// Which parts of an item a read returns: the tree of the projected document paths.
struct ItemProjection {
    /// What is wanted of one value: all of it at an end.
    typealias Part = PathTree<Void>

    let attributes: AttributeMap<Part>

    /// The projection onto whole attributes.
    init(attributes names: some Sequence<String>) {
        attributes = AttributeMap(names.map { ($0, .end(())) }) { $1 }
    }

    /// The projection onto paths of which none overlaps another.
    init(paths: [DocumentPath], kind: ExpressionKind) throws(DynamoDBError) {
        attributes = try PathTree.trees(of: paths.map { ($0, ()) }, kind: kind)
    }
}

extension ExpressionParser {
    /// Parses a ProjectionExpression: paths separated by commas.
    static func projection(_ text: String, parameters: ExpressionParameters) throws(DynamoDBError) -> ItemProjection {
        var parser = try ExpressionParser(text, kind: .projection, parameters: parameters)
        var paths: [DocumentPath] = []
        repeat {
            paths.append(try parser.documentPath())
        } while try parser.accept(.comma)
        try parser.expectEnd()
        return try ItemProjection(paths: paths, kind: .projection)
    }
}
