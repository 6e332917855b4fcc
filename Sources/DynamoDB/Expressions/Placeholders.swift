/// The names and values that a request's expressions speak of, each under a placeholder.
///
/// It goes on from the placeholders that a request has already, its author's own among them.
struct Placeholders {
    private(set) var names: [String: String]
    private(set) var values: [String: AttributeValue]
    /// The placeholder of each name.
    private var placeholders: AttributeMap<String> = [:]

    init(names: [String: String]? = nil, values: [String: AttributeValue]? = nil) {
        self.names = names ?? [:]
        self.values = values ?? [:]
        for (placeholder, name) in self.names { placeholders[name] = placeholder }
    }

    /// The values; nil without any, since DynamoDB refuses an empty map.
    var optionalValues: [String: AttributeValue]? { values.isEmpty ? nil : values }

    /// A name's placeholder, the same each time.
    mutating func name(_ name: String) -> String {
        if let placeholder = placeholders[name] { return placeholder }
        let placeholder = Placeholders.free("#n", in: names)
        names[placeholder] = name
        placeholders[name] = placeholder
        return placeholder
    }

    /// A placeholder for a value.
    mutating func value(_ value: AttributeValue) -> String {
        let placeholder = Placeholders.free(":v", in: values)
        values[placeholder] = value
        return placeholder
    }

    mutating func path(_ path: AttributePath) -> String {
        var text = name(path.name.text)
        for step in path.steps {
            switch step {
            case .member(let member): text += "." + name(member.text)
            case .element(let index): text += "[\(index)]"
            }
        }
        return text
    }

    private static func free<Value>(_ prefix: String, in taken: [String: Value]) -> String {
        var number = taken.count
        while taken["\(prefix)\(number)"] != nil { number += 1 }
        return "\(prefix)\(number)"
    }
}
