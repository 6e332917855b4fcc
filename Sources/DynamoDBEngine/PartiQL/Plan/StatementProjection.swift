internal import DynamoDB

/// What a SELECT returns of each item: the values at document paths, each under the last name of its path.
struct StatementProjection: Sendable {
    private let columns: [(name: String, path: DocumentPath)]

    init(_ paths: [DocumentPath]) {
        columns = paths.map { ($0.columnName, $0) }
    }

    /// The attributes that the columns are taken from.
    var attributes: ItemProjection { ItemProjection(attributes: names) }

    /// Their names, each once, in the order of the columns.
    var names: [String] {
        var seen: StringSet = []
        return columns.map(\.path.attribute).filter { seen.insert($0).inserted }
    }

    func row(of item: Item) -> Item {
        var row: Item = [:]
        for (name, path) in columns { row[name] = item.value(at: path) }
        return row
    }
}

extension DocumentPath {
    /// `b` for `a.b`, `l[0]` for `a.l[0]`.
    var columnName: String {
        steps.reduce(attribute) { name, step in
            switch step {
            case .member(let member): member.text
            case .element(let index): "\(name)[\(index)]"
            }
        }
    }
}
