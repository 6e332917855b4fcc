internal import DynamoDB

/// Document paths of which none leads into another, as a tree with something at the end of each.
indirect enum PathTree<End> {
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
            for (earlier, _) in paths[..<index] where earlier.overlaps(path) {
                throw kind.error(clash: "overlap", earlier, path)
            }
            do throws(Conflict) {
                trees[path.attribute] = try adding(path.steps[...], end, to: trees[path.attribute])
            } catch {
                let earlier = paths[..<index].first { $0.path.startsAtAttribute(of: path) }?.path ?? path
                throw kind.error(clash: "conflict", earlier, path)
            }
        }
        return trees
    }

    private struct Conflict: Error {}

    private static func adding(
        _ steps: ArraySlice<DocumentPath.Step>, _ end: End, to tree: PathTree?
    ) throws(Conflict) -> PathTree {
        guard let step = steps.first else { return .end(end) }
        switch (step, tree) {
        case (.member(let name), nil):
            return .members([name.text: try adding(steps.dropFirst(), end, to: nil)])
        case (.member(let name), .members(var members)):
            members[name.text] = try adding(steps.dropFirst(), end, to: members[name.text])
            return .members(members)
        case (.element(let index), nil):
            return .elements([index: try adding(steps.dropFirst(), end, to: nil)])
        case (.element(let index), .elements(var elements)):
            elements[index] = try adding(steps.dropFirst(), end, to: elements[index])
            return .elements(elements)
        default:
            throw Conflict()
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
