//! Pages: following AWS's tokens, and the two shapes that every request has.

use std::collections::HashSet;

use futures::future::BoxFuture;
use futures::{Stream, TryStreamExt, stream};

use crate::loader::convert::Unreadable;
use crate::loader::fault::Fault;
use crate::model::catalogue::Resources;

/// No account has ten million of anything: more pages than this are a fault of the other side.
const MOST_PAGES: usize = 10_000;

/// One request, repeatable with the token of a further page.
pub(in crate::loader) type Ask =
    Box<dyn Fn(Option<String>) -> BoxFuture<'static, Result<Page, Fault>> + Send + Sync>;

/// What one request brought.
#[derive(Default)]
pub(in crate::loader) struct Page {
    pub(in crate::loader) resources: Resources,
    /// The token of the next page.
    pub(in crate::loader) next: Option<String>,
    /// What AWS sent and could not be understood.
    pub(in crate::loader) left_out: Vec<String>,
}

impl Page {
    /// Converts what was listed into the list of `Resources` that `field` names.
    pub(super) fn new<A, B>(
        next: Option<String>,
        listed: Option<&Vec<A>>,
        field: fn(&mut Resources) -> &mut Vec<B>,
        convert: impl Fn(&A) -> Result<B, Unreadable>,
    ) -> Self {
        let mut page = Self { next, ..Self::default() };
        for item in listed.into_iter().flatten() {
            match convert(item) {
                Ok(item) => field(&mut page.resources).push(item),
                Err(unreadable) => page.left_out.push(unreadable.to_string()),
            }
        }
        page
    }
}

/// One request per thing, which brings all that belongs to it.
pub(super) fn each_of<C, P, F>(
    client: &C,
    things: impl Iterator<Item = P>,
    about: impl Fn(C, P) -> F + Clone + Send + Sync + 'static,
) -> Vec<Ask>
where
    C: Clone + Send + Sync + 'static,
    P: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Resources, Fault>> + Send + 'static,
{
    let ask = |thing: P| -> Ask {
        let (client, about) = (client.clone(), about.clone());
        Box::new(move |_| {
            let found = about(client.clone(), thing.clone());
            Box::pin(async move { Ok(Page { resources: found.await?, ..Page::default() }) })
        })
    };
    things.map(ask).collect()
}

/// Everything that is listed, over all pages.
pub(super) async fn all<T, F>(ask: impl Fn(Option<String>) -> F) -> Result<Vec<T>, Fault>
where
    F: Future<Output = Result<(Option<Vec<T>>, Option<String>), Fault>>,
{
    let listed = async |listed: Option<Vec<T>>| Ok(listed.unwrap_or_default());
    let pages: Vec<Vec<T>> = pages(ask).and_then(listed).try_collect().await?;
    Ok(pages.into_iter().flatten().collect())
}

/// Converts what belongs to one thing; what is not understood spoils the answer about that thing only.
pub(super) fn understood<A, B>(
    listed: &[A],
    convert: impl Fn(&A) -> Result<B, Unreadable>,
) -> Result<Vec<B>, Fault> {
    let converted: Result<_, _> = listed.iter().map(convert).collect();
    converted.map_err(|unreadable| Fault::other(unreadable.to_string()))
}

/// The pages as they come. A token that was named before, and there being no end, are faults: what came until then is
/// not everything.
pub(in crate::loader) fn pages<P, F>(
    ask: impl Fn(Option<String>) -> F,
) -> impl Stream<Item = Result<P, Fault>>
where
    F: Future<Output = Result<(P, Option<String>), Fault>>,
{
    pages_from(None, ask)
}

/// The same from the page on that has this token.
pub(in crate::loader) fn pages_from<P, F>(
    token: Option<String>,
    ask: impl Fn(Option<String>) -> F,
) -> impl Stream<Item = Result<P, Fault>>
where
    F: Future<Output = Result<(P, Option<String>), Fault>>,
{
    let first = Tokens { seen: token.iter().cloned().collect(), next: token };
    stream::try_unfold(Some(Ok(first)), move |state| {
        let asked = state.map(|tokens| tokens.map(|tokens| (ask(tokens.next.clone()), tokens)));
        async move {
            let Some(asked) = asked else { return Ok(None) };
            let (answer, tokens) = asked?;
            let (page, next) = answer.await?;
            Ok(Some((page, tokens.then(next))))
        }
    })
}

/// Which page is next, and which were named already.
struct Tokens {
    next: Option<String>,
    seen: HashSet<String>,
}

impl Tokens {
    /// The state after a page; none at the end. AWS also sends an empty token for "no more".
    fn then(mut self, next: Option<String>) -> Option<Result<Self, Fault>> {
        let next = next.filter(|token| !token.is_empty())?;
        if !self.seen.insert(next.clone()) {
            return Some(Err(Fault::other("the pages go in a circle: AWS named one twice")));
        }
        if self.seen.len() >= MOST_PAGES {
            return Some(Err(Fault::other(format!("there are more than {MOST_PAGES} pages"))));
        }
        self.next = Some(next);
        Some(Ok(self))
    }
}

/// Functions that ask for a list page by page: `name = operation(page size), list in the answer => list in Resources,
/// conversion`.
macro_rules! paged {
    ($size:ident, $token:ident -> $next:ident:
     $($name:ident = $operation:ident($most:expr), $list:ident => $field:ident, $convert:expr;)*) => { $(
        pub(super) fn $name(client: &Client) -> Vec<Ask> {
            let client = client.clone();
            vec![Box::new(move |token| {
                let request = client.$operation().$size($most).$token(token);
                Box::pin(async move {
                    let answer = request.send().await?;
                    Ok(Page::new(answer.$next, answer.$list.as_ref(), |to| &mut to.$field, $convert))
                })
            })]
        }
    )* };
}

/// The same for operations without pages.
macro_rules! whole {
    ($($name:ident = $operation:ident, $list:ident => $field:ident, $convert:expr;)*) => { $(
        pub(super) fn $name(client: &Client) -> Vec<Ask> {
            let client = client.clone();
            vec![Box::new(move |_| {
                let request = client.$operation();
                Box::pin(async move {
                    let answer = request.send().await?;
                    Ok(Page::new(None, answer.$list.as_ref(), |to| &mut to.$field, $convert))
                })
            })]
        }
    )* };
}

/// Everything that a request lists, over all pages: `request, token setter -> next token in the answer, list`.
macro_rules! every {
    ($request:expr, $token:ident -> $next:ident, $list:ident) => {{
        let request = $request;
        all(move |token| {
            let request = request.clone().$token(token);
            async move {
                let answer = request.send().await?;
                Ok((answer.$list, answer.$next))
            }
        })
    }};
}

pub(super) use {every, paged, whole};

#[cfg(test)]
mod tests {
    use futures::StreamExt;

    use super::{Fault, MOST_PAGES, all, pages};

    async fn numbered(token: Option<String>) -> Result<(usize, Option<String>), Fault> {
        let page: usize = token.map_or(0, |token| token.parse().unwrap());
        Ok((page, Some((page + 1).to_string())))
    }

    #[tokio::test]
    async fn tokens_are_followed_to_the_end() {
        let listed = all(async |token: Option<String>| match token.as_deref() {
            None => Ok((Some(vec![1, 2]), Some("b".to_owned()))),
            Some("b") => Ok((None, Some("c".to_owned()))),
            _ => Ok((Some(vec![3]), Some(String::new()))),
        });
        assert_eq!(listed.await.unwrap(), [1, 2, 3], "an empty page in the middle ends nothing");
    }

    #[tokio::test]
    async fn a_circle_of_tokens_is_a_fault_after_its_pages() {
        let circle = pages(async |_| Ok(("page", Some("again".to_owned()))));
        let circle: Vec<_> = circle.collect().await;
        assert_eq!(circle.len(), 3);
        assert_eq!(circle[1], Ok("page"));
        assert!(circle[2].as_ref().unwrap_err().message.contains("circle"));
    }

    #[tokio::test]
    async fn an_answer_without_end_is_a_fault() {
        let endless: Vec<_> = pages(numbered).collect().await;
        assert_eq!(endless.len(), MOST_PAGES + 1);
        assert!(endless.last().unwrap().is_err());
    }
}
