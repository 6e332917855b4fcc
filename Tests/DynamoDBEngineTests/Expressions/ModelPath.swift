import DynamoDB

/// A document path, for the models of expressions.
struct ModelPath: Equatable {
    enum Step: Equatable {
        case member(String)
        case element(Int)
    }

    var attribute: String
    var steps: [Step] = []

    init(_ attribute: String, _ steps: Step...) {
        self.attribute = attribute
        self.steps = steps
    }

    var parent: ModelPath {
        var parent = self
        parent.steps.removeLast()
        return parent
    }
}

extension Item {
    /// What is at the path; nil for nothing.
    func found(at path: ModelPath) -> AttributeValue? {
        path.steps.reduce(self[path.attribute]) { value, step in value?.part(step) }
    }

    /// The item with another value at the path, whose container is there; nil removes.
    func replacing(_ path: ModelPath, with new: AttributeValue?) -> Item {
        var item = self
        item[path.attribute] = AttributeValue.replacing(item[path.attribute], path.steps[...], with: new)
        return item
    }
}

extension AttributeValue {
    /// The member or element; nil for none.
    func part(_ step: ModelPath.Step) -> AttributeValue? {
        switch (step, self) {
        case (.member(let name), .map(let members)): members[name]
        case (.element(let index), .list(let elements)): elements.indices.contains(index) ? elements[index] : nil
        default: nil
        }
    }

    fileprivate static func replacing(
        _ old: AttributeValue?, _ steps: ArraySlice<ModelPath.Step>, with new: AttributeValue?
    ) -> AttributeValue? {
        guard let step = steps.first else { return new }
        let part = replacing(old?.part(step), steps.dropFirst(), with: new)
        switch (step, old) {
        case (.member(let name), .map(var members)):
            members[name] = part
            return .map(members)
        case (.element(let index), .list(var elements)):
            switch (elements.indices.contains(index), part) {
            case (true, let part?): elements[index] = part
            case (true, nil): elements.remove(at: index)
            case (false, let part?): elements.append(part)
            case (false, nil): break
            }
            return .list(elements)
        default:
            return old
        }
    }
}
