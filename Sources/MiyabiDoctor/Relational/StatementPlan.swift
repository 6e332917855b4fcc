/// A plan as `EXPLAIN (FORMAT JSON, VERBOSE)` writes it, as far as the rules read it.
struct StatementPlan: Decodable {
    /// A step of a plan.
    struct Node: Decodable {
        var type: String
        var schema: String?
        var relation: String?
        var alias: String?
        var rows: Double
        var totalCost: Double
        var filter: String?
        var parts: [Node]?

        private enum CodingKeys: String, CodingKey {
            case type = "Node Type"
            case schema = "Schema"
            case relation = "Relation Name"
            case alias = "Alias"
            case rows = "Plan Rows"
            case totalCost = "Total Cost"
            case filter = "Filter"
            case parts = "Plans"
        }
    }

    var root: Node

    private enum CodingKeys: String, CodingKey {
        case root = "Plan"
    }

    /// A table that is read whole for some of its rows.
    struct FilteredScan: Hashable {
        var schema: String
        var table: String
        /// The columns by which an index would find the rows: those that equal something first, then one in a range.
        var columns: [String]
        var rows: Double
        var cost: Double
    }

    /// Every sequential scan whose filter an index could answer.
    var filteredScans: [FilteredScan] {
        var scans: [FilteredScan] = []
        var rest = [root]
        while let node = rest.popLast() {
            rest += node.parts ?? []
            guard node.type == "Seq Scan", let filter = node.filter, let alias = node.alias, let schema = node.schema,
                let table = node.relation
            else { continue }
            let columns = FilterText(filter, alias: alias).indexColumns
            guard !columns.isEmpty else { continue }
            scans.append(
                FilteredScan(schema: schema, table: table, columns: columns, rows: node.rows, cost: node.totalCost))
        }
        return scans
    }
}

/// A filter as EXPLAIN VERBOSE writes it: `((t.status = $1) AND (t.created_at > $2))`.
struct FilterText {
    private let text: String
    private let alias: String

    init(_ text: String, alias: String) {
        self.text = text
        self.alias = alias
    }

    /// The columns of an index for the conditions that must all hold: those with `=` first, then the first of a range; at most
    /// three. As they are quoted in SQL.
    var indexColumns: [String] {
        var equal: [String] = []
        var range: [String] = []
        for condition in Self.conjuncts(text) {
            guard let (column, comparison) = compared(condition) else { continue }
            if comparison == "=" {
                if !equal.contains(column) { equal.append(column) }
            } else if range.isEmpty {
                range.append(column)
            }
        }
        return Array((equal + range.filter { !equal.contains($0) }).prefix(3))
    }

    /// The column, and `=`, `<`, `>`, `<=` or `>=`, of a condition that compares a column of the table with something else.
    private func compared(_ condition: String) -> (column: String, comparison: String)? {
        let name = #"(?:\w+|"(?:[^"]|"")+")"#
        guard
            let pattern = try? Regex(
                #"\(?(\#(name))\.(\#(name))\)?(?:::\w[\w ]*)? (=|<=|>=|<|>) (.+)"#,
                as: (Substring, Substring, Substring, Substring, Substring).self),
            let match = condition.wholeMatch(of: pattern),
            match.1 == alias || match.1 == "\"\(alias)\"",
            // Another column on the right makes no index scan of this table alone.
            !match.4.contains("\(alias).")
        else { return nil }
        return (String(match.2), String(match.3))
    }

    /// The conditions that AND joins, without the parentheses around them.
    static func conjuncts(_ text: String) -> [String] {
        let inner = stripped(text)
        var parts: [String] = []
        var part = ""
        var depth = 0
        var isQuoted = false
        let characters = Array(inner)
        var position = 0
        while position < characters.count {
            let character = characters[position]
            if character == "'" { isQuoted.toggle() }
            if !isQuoted {
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                if depth == 0, characters[position...].starts(with: " AND ") {
                    parts.append(part)
                    part = ""
                    position += 5
                    continue
                }
            }
            part.append(character)
            position += 1
        }
        parts.append(part)
        return parts.count == 1 ? parts : parts.flatMap(conjuncts)
    }

    /// The text without parentheses that enclose all of it.
    private static func stripped(_ text: String) -> String {
        guard text.hasPrefix("("), text.hasSuffix(")") else { return text }
        var depth = 0
        var isQuoted = false
        for (offset, character) in text.enumerated() {
            if character == "'" { isQuoted.toggle() }
            if isQuoted { continue }
            if character == "(" { depth += 1 }
            if character == ")" {
                depth -= 1
                if depth == 0 && offset < text.count - 1 { return text }
            }
        }
        return stripped(String(text.dropFirst().dropLast()))
    }
}
