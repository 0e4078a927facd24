import "./islands/site/site";
