/// A policy's expression as `pg_get_expr` writes it, and the calls in it that are made for each row.
///
/// A call of a function that reads the session, such as `auth.uid()` or `current_setting('…')`, gives the same for every row.
/// PostgreSQL asks once where it stands in a sub-select without a table, `( SELECT auth.uid() AS uid)`, and else for each
/// row, also in a sub-select with a table, where the rows are that table's.
struct PolicyText {
    private let characters: [Character]

    init(_ text: String) { characters = Array(text) }

    /// The calls as they are written.
    var callsPerRow: [String] { calls.map { String(characters[$0]) } }

    /// The expression with each of these calls in a sub-select of its own.
    var once: String {
        var text = characters
        for call in calls.reversed() {
            text.replaceSubrange(call, with: "(SELECT " + characters[call] + ")")
        }
        // ALTER POLICY sets parentheses around it again.
        return String(text)
    }

    /// A pair of parentheses that is open.
    private struct Group {
        var isSelect = false
        var hasTable = false
        var calls: [Range<Int>] = []
    }

    private var calls: [Range<Int>] {
        var groups = [Group()]
        var found: [Range<Int>] = []
        var position = 0

        /// The calls of a group without a sub-select belong to what it is part of; those of a sub-select without a table are
        /// made once.
        func close() {
            let group = groups.removeLast()
            if group.isSelect && !group.hasTable { return }
            if group.isSelect || groups.isEmpty {
                found += group.calls
            } else {
                groups[groups.count - 1].calls += group.calls
            }
        }

        while position < characters.count {
            switch characters[position] {
            case "'": position = end(ofQuoted: "'", from: position)
            case "(":
                groups.append(Group())
                position += 1
            case ")":
                if groups.count > 1 { close() }
                position += 1
            case let character where character.isLetter || character == "_" || character == "\"":
                let name = self.name(from: position)
                if let call = call(name) {
                    groups[groups.count - 1].calls.append(call)
                    position = call.upperBound
                } else {
                    switch String(characters[name]) {
                    case "SELECT": groups[groups.count - 1].isSelect = true
                    case "FROM": groups[groups.count - 1].hasTable = true
                    default: break
                    }
                    position = name.upperBound
                }
            default: position += 1
            }
        }
        while !groups.isEmpty { close() }
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// A name with its schema, quoted or not.
    private func name(from start: Int) -> Range<Int> {
        var position = start
        while position < characters.count {
            let character = characters[position]
            if character == "\"" {
                position = end(ofQuoted: "\"", from: position)
            } else if character.isLetter || character.isNumber || "_.$".contains(character) {
                position += 1
            } else {
                break
            }
        }
        return start..<position
    }

    private func end(ofQuoted quote: Character, from start: Int) -> Int {
        var position = start + 1
        while position < characters.count, characters[position] != quote { position += 1 }
        return min(position + 1, characters.count)
    }

    /// The whole call, if the name is that of a function that reads the session: `current_setting`, one of the schema `auth`, or
    /// any other with a schema that takes nothing, and literals are all that it takes.
    private func call(_ name: Range<Int>) -> Range<Int>? {
        let text = String(characters[name])
        guard name.upperBound < characters.count, characters[name.upperBound] == "(" else { return nil }
        var position = name.upperBound + 1
        var isEmpty = true
        while position < characters.count, characters[position] != ")" {
            let character = characters[position]
            if character == "'" {
                position = end(ofQuoted: "'", from: position)
            } else if character == ":" || character == "," || character == " " {
                position += 1
            } else if character.isLetter {
                // A cast's type, or true and false; a column would be no literal.
                let word = self.name(from: position)
                guard ["text", "true", "false", "name", "regclass"].contains(String(characters[word])) else {
                    return nil
                }
                position = word.upperBound
            } else {
                return nil
            }
            isEmpty = false
        }
        guard position < characters.count else { return nil }
        let reads = text == "current_setting" || text.hasPrefix("auth.") || (text.contains(".") && isEmpty)
        return reads ? name.lowerBound..<position + 1 : nil
    }
}
