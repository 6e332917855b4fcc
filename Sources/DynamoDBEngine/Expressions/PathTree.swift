import DynamoDB

/// Document paths of which none leads into another, as a tree with something at the end of each.
enum PathTree<End> {
    case end(End)
    case members(AttributeMap<PathTree>)
    case elements([Int: PathTree])
}

extension PathTree: Sendable where End: Sendable {}

extension PathTree {
    /// The trees of several paths, by attribute.
    ///
    /// - Throws: two paths of which one leads into the other: they overlap. Two that call one value a map and a list:
    ///   they conflict.
    static func trees(
        of paths: [(path: DocumentPath, end: End)], kind: ExpressionKind
    ) throws(DynamoDBError) -> AttributeMap<PathTree> {
        var trees: AttributeMap<PathTree> = [:]
        for (index, (path, end)) in paths.enumerated() {
            do throws(Clash) {
                try add(path.steps[...], end, to: &trees[path.attribute])
            } catch {
                let earlier = paths[..<index].lazy.map(\.path).first { earlier in
                    error == .overlap ? earlier.overlaps(path) : earlier.startsAtAttribute(of: path)
                }
                throw kind.error(clash: error.rawValue, earlier ?? path, path)
            }
        }
        return trees
    }

    private enum Clash: String, Error {
        case overlap
        case conflict
    }

    /// Adds what is at the end of the steps.
    private static func add(
        _ steps: ArraySlice<DocumentPath.Step>, _ end: End, to tree: inout PathTree?
    ) throws(Clash) {
        guard let step = steps.first else {
            guard tree == nil else { throw .overlap }
            tree = .end(end)
            return
        }
        // Taken out of the tree while it is changed, so that it is not copied.
        let whole = tree
        tree = nil
        switch (step, whole) {
        case (.member(let name), nil), (.member(let name), .members):
            var members: AttributeMap<PathTree> = [:]
            if case .members(let given) = whole { members = given }
            try add(steps.dropFirst(), end, to: &members[name.text])
            tree = .members(members)
        case (.element(let index), nil), (.element(let index), .elements):
            var elements: [Int: PathTree] = [:]
            if case .elements(let given) = whole { elements = given }
            try add(steps.dropFirst(), end, to: &elements[index])
            tree = .elements(elements)
        case (_, .end): throw .overlap
        default: throw .conflict
        }
    }
}

extension ExpressionKind {
    fileprivate func error(clash: String, _ one: DocumentPath, _ two: DocumentPath) -> DynamoDBError {
        error(
            "Two document paths \(clash) with each other; must remove or rewrite one of these paths; "
                + "path one: \(one), path two: \(two)")
    }
}

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
