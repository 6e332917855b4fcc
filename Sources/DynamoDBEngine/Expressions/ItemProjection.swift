internal import DynamoDB

/// Which parts of an item a read returns: the tree of the projected document paths.
struct ItemProjection: Equatable {
    /// What is wanted of one value.
    indirect enum Part: Equatable {
        case whole
        case members([String: Part])
        /// In ascending order of index.
        case elements([Int: Part])
    }

    private(set) var attributes: [String: Part] = [:]

    /// The projection onto whole attributes.
    init(attributes names: some Sequence<String>) {
        for name in names { attributes[name] = .whole }
    }

    /// The projection onto paths of which none overlaps another.
    ///
    /// - Throws: the two paths that call one value a map and a list; they conflict in AWS's sense.
    init(paths: [DocumentPath], kind: ExpressionKind) throws(DynamoDBError) {
        for (index, path) in paths.enumerated() {
            for earlier in paths[..<index] where earlier.overlaps(path) {
                throw kind.error(
                    "Two document paths overlap with each other; must remove or rewrite one of these paths; "
                        + "path one: \(earlier), path two: \(path)")
            }
            do throws(Conflict) {
                attributes[path.attribute] = try ItemProjection.adding(path.steps[...], to: attributes[path.attribute])
            } catch {
                let earlier = paths[..<index].first { $0.attribute == path.attribute } ?? path
                throw kind.error(
                    "Two document paths conflict with each other; must remove or rewrite one of these paths; "
                        + "path one: \(earlier), path two: \(path)")
            }
        }
    }

    private struct Conflict: Error {}

    private static func adding(
        _ steps: ArraySlice<DocumentPath.Step>, to part: Part?
    ) throws(Conflict) -> Part {
        guard let step = steps.first else { return .whole }
        switch (step, part) {
        case (.member(let name), nil):
            return .members([name: try adding(steps.dropFirst(), to: nil)])
        case (.member(let name), .members(var members)):
            members[name] = try adding(steps.dropFirst(), to: members[name])
            return .members(members)
        case (.element(let index), nil):
            return .elements([index: try adding(steps.dropFirst(), to: nil)])
        case (.element(let index), .elements(var elements)):
            elements[index] = try adding(steps.dropFirst(), to: elements[index])
            return .elements(elements)
        default:
            throw Conflict()
        }
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
