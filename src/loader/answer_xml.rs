//! Answers in the XML of AWS's query protocol, as the JSON that the AWS CLI prints for them.

use roxmltree::{Document, Node};
use serde_json::{Map, Value};

/// The result in an answer: `<XResponse><XResult>...`.
pub(super) fn result(text: &str) -> Result<Value, roxmltree::Error> {
    let document = Document::parse(text)?;
    let mut parts = document.root_element().children().filter(Node::is_element);
    let result = parts.find(|part| part.tag_name().name().ends_with("Result"));
    Ok(result.map_or_else(|| Value::Object(Map::new()), object))
}

/// What is empty is left out, as the AWS CLI leaves out what it was not told.
fn value(node: Node<'_, '_>) -> Option<Value> {
    let mut children = node.children().filter(Node::is_element).peekable();
    if children.peek().is_none() {
        let text = node.text().map(str::trim).filter(|text| !text.is_empty());
        return text.map(Value::from);
    }
    let name = node.tag_name().name();
    let is_item = |child: Node<'_, '_>| {
        let item = child.tag_name().name();
        item == "member" || name.strip_suffix('s') == Some(item)
    };
    if children.all(is_item) {
        let items = node.children().filter(Node::is_element);
        return Some(items.filter_map(value).collect());
    }
    Some(object(node))
}

fn object(node: Node<'_, '_>) -> Value {
    let fields = node.children().filter(Node::is_element);
    let fields =
        fields.filter_map(|field| Some((field.tag_name().name().to_owned(), value(field)?)));
    Value::Object(fields.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::result;

    #[test]
    fn lists_of_one_and_of_many_and_of_none() {
        let text = "<DescribeClustersResponse xmlns=\"http://redshift.amazonaws.com/doc/2012-12-01/\">\
             <DescribeClustersResult><Clusters>\
             <Cluster><ClusterIdentifier>one</ClusterIdentifier><VpcId>vpc-1</VpcId><Tags/>\
             <ClusterNodes><member><NodeRole>LEADER</NodeRole></member>\
             <member><NodeRole>COMPUTE-0</NodeRole></member></ClusterNodes></Cluster>\
             </Clusters><Marker>more</Marker></DescribeClustersResult>\
             <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DescribeClustersResponse>";
        let nodes = json!([{"NodeRole": "LEADER"}, {"NodeRole": "COMPUTE-0"}]);
        let wanted = json!({"Marker": "more", "Clusters": [
            {"ClusterIdentifier": "one", "VpcId": "vpc-1", "ClusterNodes": nodes}]});
        assert_eq!(result(text).unwrap(), wanted);
        assert_eq!(result("<R><XResult><Clusters/></XResult></R>").unwrap(), json!({}));
        assert!(result("<R><XResult>").is_err());
    }
}
