import DynamoDB

/// What a projection leaves of an item, by rules of its own.
enum ModelProjection {
    static func parts(of item: Item, at paths: [ModelPath]) -> Item {
        var result: Item = [:]
        for (name, value) in item {
            let ways = paths.filter { $0.attribute == name }.map { $0.steps[...] }
            if !ways.isEmpty { result[name] = part(of: value, ways) }
        }
        return result
    }

    private static func part(of value: AttributeValue, _ ways: [ArraySlice<ModelPath.Step>]) -> AttributeValue? {
        if ways.contains(where: \.isEmpty) { return value }
        func beyond(_ step: ModelPath.Step) -> [ArraySlice<ModelPath.Step>] {
            ways.filter { $0.first == step }.map { $0.dropFirst() }
        }
        switch value {
        case .map(let members):
            var kept: Item = [:]
            for (name, member) in members {
                let further = beyond(.member(name))
                if !further.isEmpty { kept[name] = part(of: member, further) }
            }
            return kept.isEmpty ? nil : .map(kept)
        case .list(let elements):
            let kept = elements.enumerated().compactMap { index, element -> AttributeValue? in
                let further = beyond(.element(index))
                return further.isEmpty ? nil : part(of: element, further)
            }
            return kept.isEmpty ? nil : .list(kept)
        default:
            return nil
        }
    }
}
